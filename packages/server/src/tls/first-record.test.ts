import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { isUsualHello, readFirstRecord } from './first-record.ts';

/** A hello with so many empty extensions. */
const hello = (extensions: number): Buffer => {
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32),
    Buffer.from([0, 0, 2, 0x13, 0x01, 1, 0]),
    Buffer.from([(extensions * 4) >> 8, (extensions * 4) & 255]),
    Buffer.alloc(extensions * 4),
  ]);
  const length = body.length + 4;
  return Buffer.concat([
    Buffer.from([0x16, 3, 1, length >> 8, length & 255, 1, 0, body.length >> 8, body.length & 255]),
    body,
  ]);
};

describe('readFirstRecord', () => {
  it('reads one record, however it comes in pieces, and puts back all that came', async () => {
    const stream = new PassThrough();
    const record = hello(3);
    const reading = readFirstRecord(stream);
    for (const byte of Buffer.concat([record, Buffer.from('more')])) {
      stream.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await reading).toEqual(record);
    stream.end();
    const rest: Buffer[] = [];
    for await (const chunk of stream) rest.push(chunk as Buffer);
    expect(Buffer.concat(rest)).toEqual(Buffer.concat([record, Buffer.from('more')]));
  });

  it.each([
    ['what is no handshake', Buffer.from('GET / HTTP/1.1\r\n')],
    ['a record longer than any hello', Buffer.from([0x16, 3, 1, 0xff, 0xff, 1])],
  ])('gives up at once on %s, and puts it back', async (_, bytes) => {
    const stream = new PassThrough();
    stream.write(bytes);
    expect(await readFirstRecord(stream)).toBeNull();
    expect(stream.read()).toEqual(bytes);
  });

  it('gives up where the connection ends within the record', async () => {
    const stream = new PassThrough();
    stream.end(hello(2).subarray(0, 20));
    expect(await readFirstRecord(stream)).toBeNull();
  });
});

describe('isUsualHello', () => {
  it('counts extensions before anybody reads them', () => {
    expect(isUsualHello(hello(20))).toBe(true);
    expect(isUsualHello(hello(64))).toBe(true);
    expect(isUsualHello(hello(65))).toBe(false);
    expect(isUsualHello(hello(2_000))).toBe(false);
  });

  it('reads no further than there is', () => {
    const whole = hello(4);
    for (let length = 0; length < whole.length; length++) expect(isUsualHello(whole.subarray(0, length))).toBe(true);
  });
});
