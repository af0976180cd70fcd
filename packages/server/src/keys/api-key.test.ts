import { describe, expect, it } from 'vitest';
import { hashKey, makeKey } from './api-key.ts';

const owner = { kind: 'secret', workspaceId: 'ws_0000000000000000', environmentId: null, name: 'backend' } as const;

describe('makeKey', () => {
  it('makes a new key each time, and stores its hash and its beginning alone', () => {
    const { text, stored } = makeKey(owner, 7);
    expect(text).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(makeKey(owner, 7).text).not.toBe(text);
    expect(stored.hash).toBe(hashKey(text));
    expect(stored.key).toMatchObject({ ...owner, prefix: text.slice(0, 5), createdAt: 7, revokedAt: null });
    expect(JSON.stringify(stored)).not.toContain(text);
  });

  it.each([
    ['publicky', 'pu'],
    ['sixteen-letters!', 'sixt'],
    ['a-key-of-twenty-four-let', 'a-key-'],
    ['a-key-of-many-more-letters-than-that', 'a-key-'],
  ])('shows of %s no more than a quarter, and six characters at most', (text, prefix) => {
    expect(makeKey(owner, 0, text).stored.key.prefix).toBe(prefix);
  });
});
