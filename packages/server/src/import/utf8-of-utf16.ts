/** A byte that UTF-8 never has. */
const NONE = Buffer.of(0xff);

const MARK = '\ufeff';

/** Half of a surrogate pair without the other one. */
const HALF = /\p{Surrogate}/u;

type Endian = 'little' | 'big';

/** How many of these bytes are whole characters: an odd byte, and the first half of a pair, wait for what follows. */
const wholeOf = (bytes: Buffer, endian: Endian): number => {
  const even = bytes.length - (bytes.length % 2);
  if (even === 0) return 0;
  const last = endian === 'big' ? bytes.readUInt16BE(even - 2) : bytes.readUInt16LE(even - 2);
  return last >= 0xd800 && last <= 0xdbff ? even - 2 : even;
};

const toUtf8 = (text: string): Buffer =>
  Buffer.concat(text.split(HALF).flatMap((part, at) => (at === 0 ? [Buffer.from(part)] : [NONE, Buffer.from(part)])));

/**
 * UTF-16 as UTF-8, without a byte order mark. What is no UTF-16, half of a surrogate pair or of the last character, becomes
 * a byte that is no UTF-8 either, so that whoever reads on refuses the text around it, and no other.
 */
export const utf8OfUtf16 = (endian: Endian) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let left: Buffer = Buffer.alloc(0);
    let isFirst = true;
    for await (const chunk of chunks) {
      const bytes = Buffer.concat([left, chunk]);
      const end = wholeOf(bytes, endian);
      const whole = bytes.subarray(0, end);
      left = bytes.subarray(end);
      const text = (endian === 'big' ? whole.swap16() : whole).toString('utf16le');
      yield toUtf8(isFirst && text.startsWith(MARK) ? text.slice(MARK.length) : text);
      isFirst &&= text === '';
    }
    if (left.length > 0) yield NONE;
  };
