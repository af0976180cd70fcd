import { describe, expect, it } from 'vitest';
import { literalAddress } from './literal-address.ts';

describe('literalAddress', () => {
  it.each([
    ['http://127.0.0.1:8080/x', '127.0.0.1'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['https://[::1]/', '::1'],
    ['https://[::ffff:10.0.0.1]/', '::ffff:a00:1'],
  ])('reads the address in %s', (url, address) => {
    expect(literalAddress(new URL(url))).toBe(address);
  });

  it.each(['https://lists.example/', 'http://localhost/', 'http://10.0.0.1.example/'])('finds a name in %s', (url) => {
    expect(literalAddress(new URL(url))).toBeUndefined();
  });
});
