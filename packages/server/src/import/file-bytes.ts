import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { utf8OfUtf16 } from './utf8-of-utf16.ts';

type Bytes = AsyncIterable<Buffer>;

/** A file begins as gzip (RFC 1952) and cannot be unpacked to its end. */
export class UnpackFault extends Error {
  override readonly name = 'UnpackFault';
}

async function* gunzip(packed: Bytes): AsyncGenerator<Buffer> {
  // What fails destroys the last stream of the pipeline, and so reaches whoever reads it.
  const plain = pipeline(packed, createGunzip(), () => undefined);
  try {
    yield* plain as Bytes;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code?.startsWith('Z_') ? new UnpackFault(`cannot be unpacked: ${message}`) : error;
  }
}

async function* withoutMark(chunks: Bytes): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    yield isFirst ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}

const asItIs = (chunks: Bytes): Bytes => chunks;

/** How to read bytes that begin in this way. JSON begins with an ASCII character, which in UTF-16 has a zero byte beside it. */
const decoderOf = ([a, b, c]: Buffer): ((chunks: Bytes) => Bytes) => {
  if (a === 0xef && b === 0xbb && c === 0xbf) return withoutMark;
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0)) return utf8OfUtf16('little');
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0)) return utf8OfUtf16('big');
  return asItIs;
};

const unpackerOf = ([a, b]: Buffer): ((chunks: Bytes) => Bytes) => (a === 0x1f && b === 0x8b ? gunzip : asItIs);

async function* rejoined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** Reads bytes in the way that the first of them ask for. */
async function* readAs(chunks: Bytes, choose: (first: Buffer) => (chunks: Bytes) => Bytes): AsyncGenerator<Buffer> {
  const rest = chunks[Symbol.asyncIterator]();
  const first = await rest.next();
  if (first.done !== true) yield* choose(first.value)(rejoined(first.value, rest));
}

/**
 * The bytes of a file as UTF-8 without a byte order mark. A file that is packed with gzip is unpacked, and UTF-16, as some
 * shells write, is rewritten; both are told by the first bytes. What else it is, is passed on as it is.
 *
 * @throws UnpackFault where gzip breaks off or is damaged
 */
export const fileBytes = (path: string): Bytes => readAs(readAs(createReadStream(path), unpackerOf), decoderOf);
