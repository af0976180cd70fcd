import { describe, expect, it } from 'vitest';
import { keptHeaders } from './kept-headers.ts';

describe('keptHeaders', () => {
  it.each([
    'Authorization',
    'cookie',
    'Set-Cookie',
    'PROXY-AUTHORIZATION',
    'X-Api-Key',
    'X-Auth-Key',
    'X-Access-Key',
    'X-Amz-Credential',
    'x-amz-security-token',
    'x-csrf',
    'Ocp-Apim-Subscription-Key',
    'X-Functions-Key',
    'Cf-Access-Jwt-Assertion',
    'Sec-WebSocket-Protocol',
    'Signature',
    'X-Forwarded-For',
    'Accept-Token',
    'x-anything-else',
    '__proto__',
    'constructor',
  ])('empties %s', (name) => {
    expect(keptHeaders([{ name, value: 'secret' }])).toEqual([{ name, value: '' }]);
  });

  it('leaves what tells of the client, names and order as they are', () => {
    const headers = [
      { name: 'hOsT', value: 'shop.example' },
      { name: 'User-Agent', value: 'x' },
      { name: 'sec-ch-ua', value: '"Chromium";v="156"' },
      { name: 'Sec-Fetch-Site', value: 'none' },
      { name: 'Signature-Agent', value: '"https://agent.example"' },
      { name: 'Signature-Input', value: 'sig1=();keyid="k"' },
      { name: 'Accept', value: '*/*' },
      { name: 'Accept', value: 'text/html' },
    ];
    expect(keptHeaders(headers)).toEqual(headers);
  });

  it.each([
    ['https://user:word@shop.example:8443/a/b?token=1#part', 'https://shop.example:8443/a/b'],
    ['https://shop.example', 'https://shop.example/'],
    ['android-app://com.example/secret', ''],
    ['/a?token=1', ''],
    ['nonsense', ''],
  ])('keeps of the referrer %s only %j', (value, kept) => {
    expect(keptHeaders([{ name: 'Referer', value }])).toEqual([{ name: 'Referer', value: kept }]);
  });
});
