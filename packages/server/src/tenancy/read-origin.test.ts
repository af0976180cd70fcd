import { describe, expect, it } from 'vitest';
import { readOrigin } from './read-origin.ts';

describe('readOrigin', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://shop.example/', 'https://shop.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
  ])('reads %j', (text, origin) => {
    expect(readOrigin(text)).toBe(origin);
  });

  it.each([
    '',
    'shop.example',
    'null',
    '*',
    'https://*.shop.example',
    'https://shop.example/path',
    'https://shop.example?x',
    'https://user@shop.example',
    'https://shop.example:443',
    'https://SHOP.example',
    'ftp://shop.example',
    'data:text/plain,x',
  ])('reads none from %j', (text) => {
    expect(readOrigin(text)).toBeUndefined();
  });
});
