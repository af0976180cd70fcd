import type { Readable } from 'node:stream';

/** Bytes of a record's head: what it carries, version, length. */
const HEAD = 5;
const HANDSHAKE = 0x16;

/** Longest hello that is looked at, bytes. Those of browsers, with their large keys, have some two thousand. */
const LONGEST = 8_192;

/** Most extensions of a hello that is looked at. Browsers send some eighteen, and reading each takes its time. */
const MOST_EXTENSIONS = 64;

/** Waits until there is more to read; false where no more comes. */
const more = (stream: Readable): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (comes: boolean) => {
      stream.off('readable', onReadable).off('end', onEnd).off('close', onEnd);
      resolve(comes);
    };
    const onReadable = () => settle(true);
    const onEnd = () => settle(false);
    stream.on('readable', onReadable).on('end', onEnd).on('close', onEnd);
  });

/** How long the record is with its head, bytes; null while that is not known, 0 for what can be no hello that is looked at. */
const lengthOf = (held: Buffer): number | null => {
  if (held.length > 0 && held[0] !== HANDSHAKE) return 0;
  if (held.length < HEAD) return null;
  const length = HEAD + held.readUInt16BE(3);
  return length > LONGEST ? 0 : length;
};

/**
 * The first TLS record of a connection, as it came; null for one without, or with one that is too long for a hello.
 * All that was read is put back, so that TLS finds it. Rejects with the stream's own error.
 */
export const readFirstRecord = async (stream: Readable): Promise<Buffer | null> => {
  let held = Buffer.alloc(0);
  try {
    for (;;) {
      const length = lengthOf(held);
      if (length === 0) return null;
      if (length !== null && held.length >= length) return held.subarray(0, length);
      const chunk: Buffer | null = stream.read();
      if (chunk !== null) held = Buffer.concat([held, chunk]);
      else if (stream.readableEnded || stream.destroyed || !(await more(stream))) return null;
    }
  } finally {
    if (held.length > 0 && !stream.destroyed) stream.unshift(held);
  }
};

/** Whether a record's hello has no more extensions than any client sends; reading them takes time that nobody has paid for yet. */
export const isUsualHello = (record: Buffer): boolean => {
  // Handshake head, version and random; then session id, ciphers and compressions, each behind its length.
  let at = HEAD + 4 + 2 + 32;
  at += 1 + (record[at] ?? 0);
  at += 2 + (at + 2 <= record.length ? record.readUInt16BE(at) : 0);
  at += 1 + (record[at] ?? 0);
  at += 2;
  let extensions = 0;
  for (; at + 4 <= record.length; at += 4 + record.readUInt16BE(at + 2)) {
    if (++extensions > MOST_EXTENSIONS) return false;
  }
  return true;
};
