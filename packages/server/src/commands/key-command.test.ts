import type { ApiKey } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useCommand } from '../testing/use-command.ts';

const { whorl, json } = useCommand();

describe('whorl key', () => {
  it('makes, lists and revokes keys', async () => {
    await whorl('workspace', 'create', 'shop');
    expect((await whorl('key', 'list')).out).toContain('No keys yet');
    const made = await whorl('key', 'create', '--kind', 'public', '--name', 'web');
    const key = made.out.trim();
    expect(key).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(made.err).toContain('not shown again');

    const listed = (await whorl('key', 'list')).out;
    expect(listed).toContain('web');
    expect(listed).not.toContain(key);
    const id = /key_\w+/.exec(listed)?.[0] ?? '';

    expect(await whorl('key', 'revoke', id)).toMatchObject({ out: `Key ${id} is revoked.\n`, err: '' });
    const again = await whorl('key', 'revoke', id);
    expect(again.failed).toBe(true);
    expect(again.err).toContain('whorl key list');
    expect((await json<ApiKey[]>('key', 'list'))[0]?.revokedAt).toEqual(expect.any(Number));
  });

  it('keeps its name as the management API does, and refuses what that refuses', async () => {
    await whorl('workspace', 'create', 'shop');
    const create = (name: string) => whorl('key', 'create', '--kind', 'secret', '--name', name);
    expect((await create(' e\u0301t\u00e9 ')).failed).toBe(false);
    expect((await json<ApiKey[]>('key', 'list'))[0]?.name).toBe('\u00e9t\u00e9');
    for (const name of ['a\u0007b', 'x'.repeat(101), 'shop\u202e', '\udc00']) {
      const refused = await create(name);
      expect([refused.failed, refused.out]).toEqual([true, '']);
      expect(refused.err).toContain('at most 100 characters');
    }
    expect(await json<ApiKey[]>('key', 'list')).toHaveLength(1);
  });

  it('makes each kind for what it is for', async () => {
    await whorl('workspace', 'create', 'shop');
    const create = (...args: string[]) => json<ApiKey & { text: string }>('key', 'create', '--kind', ...args);
    const environmentId = expect.stringMatching(/^ae_/);
    expect(await create('public')).toMatchObject({ kind: 'public', environmentId });
    expect(await create('secret')).toMatchObject({ kind: 'secret', environmentId: null });
    expect(await create('secret', '--environment', 'production')).toMatchObject({ environmentId });
    expect(await create('management')).toMatchObject({ kind: 'management', environmentId: null });
    const limited = await whorl('key', 'create', '--kind', 'management', '--environment', 'production');
    expect(limited.failed).toBe(true);
    expect(limited.err).toContain('leave out --environment');
  });
});
