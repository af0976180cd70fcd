import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

describe('plainText', () => {
  it.each(['', 'customer-17', 'zákazník №7 👩‍💻', "O'Neill; DROP TABLE events --"])('leaves %j as it is', (text) => {
    expect(plainText(text)).toBe(text);
  });

  it('keeps different texts different, and free of what databases alter', () => {
    const texts = ['a\0b', 'a', 'a\\u0000b', 'a\ud800', 'a\ud801', 'a\ufffd', 'a\\ud800', '"', '\\"', '\\'];
    const plain = texts.map(plainText);
    expect(new Set(plain).size).toBe(texts.length);
    for (const text of plain) {
      expect(text).not.toContain('\0');
      expect(Buffer.from(text).toString('utf8')).toBe(text);
    }
  });
});
