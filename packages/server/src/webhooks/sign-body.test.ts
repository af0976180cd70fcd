import { describe, expect, it } from 'vitest';
import { signBody } from './sign-body.ts';

const secret = (value: string) => ({ id: 'whs_000000000000', value, createdAt: 0 });

describe('signBody', () => {
  it('is the HMAC-SHA256 of the body', () => {
    // RFC 4231, test case 2.
    expect(signBody(Buffer.from('what do ya want for nothing?'), [secret('Jefe')])).toBe(
      'v1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('signs by each secret, newest first as they stand', () => {
    const body = Buffer.from('{}');
    const [one, two] = [signBody(body, [secret('one')]), signBody(body, [secret('two')])];
    expect(signBody(body, [secret('two'), secret('one')])).toBe(`${two},${one}`);
  });
});
