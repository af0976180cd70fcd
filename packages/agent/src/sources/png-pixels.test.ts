import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pngPixels } from './png-pixels.ts';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, checksum]);
};

const png = (pixels: string, ...extras: [string, string][]): string => {
  const parts = [
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.alloc(13, 1)),
    ...extras.map(([type, text]) => chunk(type, Buffer.from(text))),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return `data:image/png;base64,${Buffer.concat(parts).toString('base64')}`;
};

describe('the pixels of a PNG', () => {
  it('are the same whatever chunk a browser adds for itself', () => {
    expect(pngPixels(png('picture', ['deBG', '924CF55AD89E139C']))).toBe(
      pngPixels(png('picture', ['deBG', 'FD6B16C861D1748D'], ['tEXt', 'made elsewhere'])),
    );
  });

  it('differ between pictures', () => expect(pngPixels(png('one'))).not.toBe(pngPixels(png('two'))));

  it('are the whole text where it is no PNG', () => {
    expect(pngPixels('unsupported')).toBe('unsupported');
    expect(pngPixels('data:image/webp;base64,AAAA')).toBe('data:image/webp;base64,AAAA');
  });

  it('end where a broken file ends', () => {
    const whole = png('picture');
    expect(pngPixels(whole.slice(0, 80)).length).toBeLessThan(pngPixels(whole).length);
  });
});
