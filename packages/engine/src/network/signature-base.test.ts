import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fieldValue, type SignedRequest, signatureBase } from './signature-base.ts';
import { type InnerList, parseDictionary } from './structured-fields.ts';

/** The message of RFC 9421, B.2. */
const message: SignedRequest = {
  method: 'POST',
  target: {
    uri: 'https://example.com/foo?param=Value&Pet=dog',
    scheme: 'https',
    authority: 'example.com',
    path: '/foo',
    query: '?param=Value&Pet=dog',
  },
  headers: [
    { name: 'Host', value: 'example.com' },
    { name: 'Date', value: 'Tue, 20 Apr 2021 02:07:55 GMT' },
    { name: 'Content-Type', value: 'application/json' },
    {
      name: 'Content-Digest',
      value: 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    },
    { name: 'Content-Length', value: '18' },
  ],
};

const covering = (input: string): InnerList => parseDictionary(`sig=${input}`)?.get('sig') as InnerList;
const baseOf = (input: string, request: Partial<SignedRequest> = {}): string | undefined =>
  signatureBase({ ...message, ...request }, covering(input));

/** The lines before the parameters. */
const linesOf = (input: string, request: Partial<SignedRequest> = {}): string[] =>
  (baseOf(input, request) ?? '').split('\n').slice(0, -1);

describe('signatureBase', () => {
  it('is what RFC 9421 signs in its Ed25519 example (B.2.6)', () => {
    const input =
      '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
    const base = baseOf(input);
    expect(base).toBe(
      [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@method": POST',
        '"@path": /foo',
        '"@authority": example.com',
        '"content-type": application/json',
        '"content-length": 18',
        `"@signature-params": ${input}`,
      ].join('\n'),
    );
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs' };
    const signature = 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==';
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    expect(verify(null, Buffer.from(base ?? ''), key, Buffer.from(signature, 'base64'))).toBe(true);
  });

  it('knows the derived components that a request has (2.2)', () => {
    expect(linesOf('("@target-uri" "@scheme" "@request-target" "@query")')).toEqual([
      '"@target-uri": https://example.com/foo?param=Value&Pet=dog',
      '"@scheme": https',
      '"@request-target": /foo?param=Value&Pet=dog',
      '"@query": ?param=Value&Pet=dog',
    ]);
    expect(linesOf('("@query")', { target: { ...message.target, query: '' } })).toEqual(['"@query": ?']);
  });

  it('puts the lines of a field together, without the space around them (2.1)', () => {
    const headers = [
      { name: 'X-Thing', value: '  one ' },
      { name: 'Other', value: 'x' },
      { name: 'x-thing', value: 'two' },
    ];
    expect(linesOf('("x-thing")', { headers })).toEqual(['"x-thing": one, two']);
    expect(fieldValue(headers, 'x-none')).toBeUndefined();
  });

  it('takes one member of a dictionary where it is asked for (2.1.2)', () => {
    const headers = [{ name: 'Signature-Agent', value: 'a="https://a.example",   b="https://b.example";x=1' }];
    expect(linesOf('("signature-agent";key="b")', { headers })).toEqual([
      '"signature-agent";key="b": "https://b.example";x=1',
    ]);
    expect(baseOf('("signature-agent";key="c")', { headers })).toBeUndefined();
  });

  it.each([
    ['a field that was not sent', '("x-none")', {}],
    ['a component that is listed twice', '("@method" "@method")', {}],
    ['a derived component of responses', '("@status")', {}],
    ['a derived component with parameters', '("@query-param";name="Pet")', {}],
    ['a name out of an object’s own', '("@constructor")', {}],
    ['a field as bytes', '("date";bs)', {}],
    ['a name that is no text', '(date)', {}],
    ['a list within the list', '("date" 1)', {}],
    ['a value that breaks the line', '("x")', { headers: [{ name: 'x', value: 'a\n"@authority": evil.example' }] }],
    ['a value beyond ASCII', '("x")', { headers: [{ name: 'x', value: 'ä' }] }],
  ])('has none for %s', (_, input, request) => {
    expect(baseOf(input, request)).toBeUndefined();
  });
});
