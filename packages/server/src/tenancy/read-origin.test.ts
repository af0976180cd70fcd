import { describe, expect, it } from 'vitest';
import { readOrigin } from './read-origin.ts';

describe('readOrigin', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://shop.example/', 'https://shop.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
  ])('reads %j', (text, origin) => {
    expect(readOrigin(text)).toEqual({ ok: true, origin });
  });

  it.each([
    ['', 'http:// or https://'],
    ['shop.example', 'http:// or https://'],
    ['null', 'http:// or https://'],
    ['*', 'http:// or https://'],
    ['ftp://shop.example', 'http:// or https://'],
    ['data:text/plain,x', 'http:// or https://'],
    ['https://*.shop.example', 'no wildcards'],
    ['https://shop.example/path', 'without user, path, query or fragment: https://shop.example'],
    ['https://shop.example?x', 'without user, path, query or fragment: https://shop.example'],
    ['https://shop.example#', 'without user, path, query or fragment: https://shop.example'],
    ['https://user@shop.example', 'without user, path, query or fragment: https://shop.example'],
    ['https://SHOP.example', 'in lower case, other letters in punycode, without the usual port: https://shop.example'],
    ['https://bücher.example', 'punycode, without the usual port: https://xn--bcher-kva.example'],
    ['https://shop.example:443', 'without the usual port: https://shop.example'],
  ])('reads none from %j and says why', (text, mend) => {
    expect(readOrigin(text)).toEqual({ ok: false, problem: expect.stringContaining(mend) });
  });
});
