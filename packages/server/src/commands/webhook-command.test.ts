import { beforeEach, describe, expect, it } from 'vitest';
import { useCommand } from '../testing/use-command.ts';

const { whorl, whorlFed, json } = useCommand();

type Shown = { id: string; secrets: { id: string }[]; secret?: { id: string; value: string } };

beforeEach(async () => {
  await whorl('workspace', 'create', 'shop');
});

describe('whorl webhook', () => {
  it('creates, lists, changes and deletes', async () => {
    expect((await whorl('webhook', 'list')).out).toContain('whorl webhook create');
    const made = await whorl('webhook', 'create', '--url', 'https://example.com/hook');
    expect(made.out).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
    const [webhook] = await json<Shown[]>('webhook', 'list');
    expect(webhook).toMatchObject({
      url: 'https://example.com/hook',
      version: 'v4',
      enabled: true,
      environmentIds: null,
    });
    const listed = (await whorl('webhook', 'list')).out;
    expect(listed).toContain('https://example.com/hook');
    expect(listed).not.toContain(made.out.trim());

    const changed = await whorl('webhook', 'change', '--off', '--form', 'v3', '--environments', 'production');
    expect(changed.out).toMatch(/State\s+off/);
    expect(await json('webhook', 'change', '--on', '--every-environment')).toMatchObject({
      enabled: true,
      version: 'v3',
      environmentIds: null,
    });

    expect((await whorl('webhook', 'delete', webhook?.id ?? '')).out).toContain('is deleted');
    expect(await json('webhook', 'list')).toEqual([]);
  });

  it.each(['https://example.com', 'https://example.com/', 'HTTPS://Example.com:443'])(
    'finds a webhook by its address, written as %s',
    async (address) => {
      const { id } = await json<Shown>('webhook', 'create', '--url', 'https://example.com');
      expect(await json<Shown>('webhook', 'change', address)).toMatchObject({ id });
      expect((await whorl('webhook', 'delete', 'https://example.com/other')).err).toContain('no webhook');
      expect((await whorl('webhook', 'delete', address)).out).toBe(`Webhook ${id} is deleted.\n`);
    },
  );

  it('adds and removes secrets', async () => {
    const { id, secret } = await json<Shown>('webhook', 'create', '--url', 'https://example.com/hook');
    const only = await whorl('webhook', 'secret', 'remove', secret?.id ?? '');
    expect(only.failed).toBe(true);
    expect(only.err).toContain('secret add');
    const added = await json<{ id: string; value: string }>('webhook', 'secret', 'add', id);
    expect(added.value).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect((await whorl('webhook', 'secret', 'remove', 'whs_none')).err).toContain(added.id);
    await whorl('webhook', 'secret', 'remove', secret?.id ?? '', '--webhook', id);
    const [left] = await json<Shown[]>('webhook', 'list');
    expect(left?.secrets.map((each) => each.id)).toEqual([added.id]);
  });

  it('takes secrets that the receiver knows already, each once', async () => {
    const url = ['--url', 'HTTPS://Example.com:443/a b'];
    const { id, secret } = await json<Shown>('webhook', 'create', ...url, '--secret', 'what-the-receiver-knows');
    expect(secret?.value).toBe('what-the-receiver-knows');
    expect(await json<object[]>('webhook', 'list')).toMatchObject([{ url: 'https://example.com/a%20b' }]);
    const again = await whorl('webhook', 'secret', 'add', id, '--value', 'what-the-receiver-knows');
    expect([again.failed, again.out]).toEqual([true, '']);
    expect(again.err).toContain('has this secret already');
    const piped = await whorlFed('what-it-will-know-next\n', 'webhook', 'secret', 'add', '--value', '-');
    expect(piped.out).toBe('what-it-will-know-next\n');
    const short = await whorl('webhook', 'secret', 'add', '--value', 'short');
    expect(short.err).toContain('16 to 256');
    expect((await json<Shown[]>('webhook', 'list'))[0]?.secrets).toHaveLength(2);
  });

  it.each([
    [['create', '--url', 'http://127.0.0.1/'], 'WHORL_WEBHOOK_PRIVATE_ADDRESSES'],
    [['create', '--url', 'example.com'], 'not an absolute address'],
    [['create', '--url', 'https://example.com/#here'], 'must not have a fragment'],
    [['create', '--url', 'https://example.com/', '--secret', 'with spaces in between'], 'without spaces'],
    [['create', '--url', 'https://example.com/', '--environments', 'nowhere'], 'production'],
    [['change', '--on'], 'whorl webhook create'],
    [['delete', 'wh_none'], 'no webhook "wh_none"'],
    [['resend', 'wd_none'], 'whorl webhook deliveries'],
  ])('explains what is wrong with %j', async (args, told) => {
    const { failed, err } = await whorl('webhook', ...args);
    expect(failed).toBe(true);
    expect(err).toContain(told);
  });

  it('shows the deliveries, of which there are none yet', async () => {
    expect((await whorl('webhook', 'deliveries')).out).toBe('No such deliveries.\n');
    expect(await json('webhook', 'deliveries', '--state', 'failed', '--limit', '5')).toEqual([]);
  });

  it('tells when a receiver cannot be reached', async () => {
    await whorl('webhook', 'create', '--url', 'http://localhost:9/');
    const { out, failed } = await whorl('webhook', 'test');
    expect(out).toContain('localhost has no public address');
    expect(failed).toBe(true);
  });
});
