import type { ApiKey } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useCommand } from '../testing/use-command.ts';

const { whorl, json } = useCommand();

describe('whorl key signing', () => {
  it('prints the same key again, another for each public key', async () => {
    await whorl('workspace', 'create', 'shop');
    const [one, two] = [
      await json<ApiKey>('key', 'create', '--kind', 'public'),
      await json<ApiKey>('key', 'create', '--kind', 'public'),
    ];
    const signing = (await whorl('key', 'signing', one.id)).out;
    expect(signing).toMatch(/^[A-Za-z0-9_-]{43}\n$/);
    expect((await whorl('key', 'signing', one.id)).out).toBe(signing);
    expect((await whorl('key', 'signing', two.id)).out).not.toBe(signing);
    expect(await json('key', 'signing', one.id)).toEqual({ id: one.id, signingKey: signing.trim() });
  });

  it('has none for other keys', async () => {
    await whorl('workspace', 'create', 'shop');
    const secret = await json<ApiKey>('key', 'create', '--kind', 'secret');
    const revoked = await json<ApiKey>('key', 'create', '--kind', 'public');
    await whorl('key', 'revoke', revoked.id);
    for (const id of [secret.id, revoked.id, 'key_none']) {
      const refused = await whorl('key', 'signing', id);
      expect([refused.failed, refused.out]).toEqual([true, '']);
      expect(refused.err).toContain('whorl key list');
    }
  });
});
