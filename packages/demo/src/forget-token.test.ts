import { describe, expect, it } from 'vitest';
import { cookieDomains } from './forget-token.ts';

describe('cookieDomains', () => {
  it('names the host alone, with its parents, and itself', () => {
    expect(cookieDomains('app.shop.example')).toEqual(['', 'app.shop.example', 'shop.example', 'example']);
    expect(cookieDomains('localhost')).toEqual(['', 'localhost']);
  });
});
