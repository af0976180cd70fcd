import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pngChecksums } from './png-checksums.ts';

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

describe('the checksums of a PNG', () => {
  it('are the same whatever chunk a browser adds for itself', () => {
    expect(pngChecksums(png('picture', ['deBG', '924CF55AD89E139C']))).toBe(
      pngChecksums(png('picture', ['deBG', 'FD6B16C861D1748D'], ['tEXt', 'made elsewhere'])),
    );
  });

  it('differ between pictures, by a single level too', () => {
    expect(pngChecksums(png('pictureA'))).not.toBe(pngChecksums(png('pictureB')));
  });

  it('hold the pixels’ own checksum, and are short', () => {
    const checksums = Buffer.from(pngChecksums(png('x'.repeat(100_000))), 'latin1');
    expect(checksums.includes(deflateSync('x'.repeat(100_000)).subarray(-4))).toBe(true);
    expect(checksums.length).toBeLessThan(60);
  });

  it('are the whole text where it is no PNG', () => {
    expect(pngChecksums('unsupported')).toBe('unsupported');
    expect(pngChecksums('data:image/webp;base64,AAAA')).toBe('data:image/webp;base64,AAAA');
  });

  it('end where a broken file ends', () => {
    const whole = png('picture');
    expect(pngChecksums(whole.slice(0, 70)).length).toBeLessThan(pngChecksums(whole).length);
  });
});
