import { describe, expect, it } from 'vitest';
import { tokenNames } from './token-names.ts';

describe('names of what is stored', () => {
  it('are ours, with a hash of the public key', () => {
    const { key, database } = tokenNames('pk_live');
    expect(key).toMatch(/^whorl_token_[0-9a-f]{8}$/);
    expect(database).toBe('whorl');
  });

  it('are the same for a key at every visit, and others for another key', () => {
    expect(tokenNames('pk_live')).toEqual(tokenNames('pk_live'));
    expect(tokenNames('pk_live').key).not.toBe(tokenNames('pk_test').key);
  });

  it('begin as a site wishes', () => {
    expect(tokenNames('pk_live', 'acme').key).toMatch(/^acme_token_/);
    expect(tokenNames('pk_live', 'acme').database).toBe('acme');
  });
});
