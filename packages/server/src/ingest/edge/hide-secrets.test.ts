import { describe, expect, it } from 'vitest';
import { hideSecrets } from './hide-secrets.ts';

describe('hideSecrets', () => {
  it.each([
    'Authorization',
    'cookie',
    'Set-Cookie',
    'PROXY-AUTHORIZATION',
    'Proxy-Authenticate',
    'X-Api-Key',
    'apikey',
    'X-Auth-Token',
    'x-amz-security-token',
    'X-CSRF-Token',
    'X-Forwarded-Authorization',
    'Cf-Access-Jwt-Assertion',
    'X-Client-Secret',
    'X-Session-Id',
  ])('empties %s', (name) => {
    expect(hideSecrets([{ name, value: 'secret' }])).toEqual([{ name, value: '' }]);
  });

  it('leaves the others, names and order as they are', () => {
    const headers = [
      { name: 'hOsT', value: 'shop.example' },
      { name: 'User-Agent', value: 'x' },
      { name: 'Signature', value: 'sig1=:AAAA:' },
      { name: 'Signature-Input', value: 'sig1=();keyid="k"' },
      { name: 'Accept', value: '*/*' },
      { name: 'Accept', value: 'text/html' },
    ];
    expect(hideSecrets(headers)).toEqual(headers);
  });
});
