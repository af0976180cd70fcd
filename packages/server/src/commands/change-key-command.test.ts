import type { ApiKey } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useCommand } from '../testing/use-command.ts';

const { whorl, json } = useCommand();

describe('whorl key change', () => {
  it('requires signatures, or no longer, and shows what is', async () => {
    await whorl('workspace', 'create', 'shop');
    const { id } = await json<ApiKey>('key', 'create', '--kind', 'public', '--name', 'app');
    const required = async () => (await json<ApiKey[]>('key', 'list'))[0]?.requiresSignature;
    expect((await whorl('key', 'change', id)).out).toMatch(/Requires signature +off/);
    expect((await whorl('key', 'change', id, '--requires-signature', 'on')).out).toMatch(/Requires signature +on/);
    expect(await required()).toBe(true);
    expect((await whorl('key', 'list')).out).toMatch(/required +app/);
    expect(await json('key', 'change', id)).toMatchObject({ id, requiresSignature: true });
    await whorl('key', 'change', id, '--requires-signature', 'off');
    expect(await required()).toBe(false);
    expect((await whorl('key', 'change', id, '--requires-signature', 'maybe')).failed).toBe(true);
  });

  it('makes public keys that require them from the start, and no others', async () => {
    await whorl('workspace', 'create', 'shop');
    const made = await json<ApiKey>('key', 'create', '--kind', 'public', '--requires-signature');
    expect(made.requiresSignature).toBe(true);
    const refused = await whorl('key', 'create', '--kind', 'secret', '--requires-signature');
    expect([refused.failed, refused.out]).toEqual([true, '']);
    expect(refused.err).toContain('leave out --requires-signature');
  });

  it('changes no other keys', async () => {
    await whorl('workspace', 'create', 'shop');
    const secret = await json<ApiKey>('key', 'create', '--kind', 'secret');
    const revoked = await json<ApiKey>('key', 'create', '--kind', 'public');
    await whorl('key', 'revoke', revoked.id);
    for (const id of [secret.id, revoked.id, 'key_none']) {
      const refused = await whorl('key', 'change', id, '--requires-signature', 'on');
      expect([refused.failed, refused.out]).toEqual([true, '']);
      expect(refused.err).toContain('whorl key list');
    }
  });
});
