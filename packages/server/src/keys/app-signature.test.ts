import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkAppSignature, signingKeyOf } from './app-signature.ts';

const secret = Buffer.alloc(32, 3);
const app = { keyId: 'key_1', publicKey: 'public' };
const body = Buffer.from('{"tag":"ü"}');

const sign = (key: string, publicKey: string, text: Buffer) =>
  `1.${createHmac('sha256', key).update(`whorl-app-signature-1\n${publicKey}\n`).update(text).digest('base64url')}`;

const right = sign(signingKeyOf(secret, app.keyId), app.publicKey, body);

describe('the signature of an app', () => {
  it('is valid over the body as it was written', () => {
    expect(checkAppSignature(secret, app, body, right)).toBe('valid');
  });

  it.each<[string, Parameters<typeof checkAppSignature>]>([
    ['another body', [secret, app, Buffer.from('{"tag":"u"}'), right]],
    ['an empty body', [secret, app, Buffer.alloc(0), right]],
    ['another public key', [secret, { ...app, publicKey: 'other' }, body, right]],
    ['the key of another public key', [secret, { ...app, keyId: 'key_2' }, body, right]],
    ['another server', [Buffer.alloc(32, 4), app, body, right]],
    ['a short signature', [secret, app, body, right.slice(0, -1)]],
    ['another form', [secret, app, body, right.replace('1.', '2.')]],
    ['an empty signature', [secret, app, body, '']],
    ['two signatures', [secret, app, body, `${right}, ${right}`]],
    ['a gigantic signature', [secret, app, body, `1.${'A'.repeat(1_000_000)}`]],
  ])('is wrong for %s', (_, [at, whose, text, signature]) => {
    expect(checkAppSignature(at, whose, text, signature)).toBe('wrong');
  });

  it('has a key of its own for each public key', () => {
    expect(signingKeyOf(secret, 'key_1')).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(signingKeyOf(secret, 'key_1')).not.toBe(signingKeyOf(secret, 'key_2'));
  });
});
