import { endianness } from 'node:os';
import { PROFILE_WORDS, type Profile } from '@whorl/engine';

const BYTES_OF_WORD = 4;
const BYTES_OF_KEY = 8;
const isBigEndian = endianness() === 'BE';

/** The words up to the last that is not zero, as bytes, the lowest first on every machine. Most visitors fill half of them. */
export const packProfile = (profile: Profile): Uint8Array => {
  const words = profile.findLastIndex((word) => word !== 0) + 1;
  const bytes = Buffer.from(profile.slice(0, words).buffer);
  return isBigEndian ? bytes.swap32() : bytes;
};

/** A profile from its bytes; words that were left out, or that it did not have yet when it was stored, are zeros. */
export const unpackProfile = (bytes: Uint8Array): Profile => {
  const profile = new Uint32Array(Math.max(PROFILE_WORDS, bytes.length / BYTES_OF_WORD));
  const room = Buffer.from(profile.buffer);
  room.set(bytes);
  if (isBigEndian) room.swap32();
  return profile;
};

/** Whole numbers below 2^53 as bytes: doubles, which hold them exactly, the lowest byte first. */
export const packKeys = (keys: readonly number[]): Uint8Array => {
  const bytes = Buffer.alloc(keys.length * BYTES_OF_KEY);
  keys.forEach((key, at) => {
    bytes.writeDoubleLE(key, at * BYTES_OF_KEY);
  });
  return bytes;
};

export const unpackKeys = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / BYTES_OF_KEY }, (_, at) => view.getFloat64(at * BYTES_OF_KEY, true));
};
