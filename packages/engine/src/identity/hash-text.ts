/**
 * FNV-1a over UTF-16 units, finished by MurmurHash3's mixer, 32 bits. Attributes only need equality, and the engine has no
 * crypto; keys that lead from one visitor to another are hashed again by the caller. Never 0, which stands for "not shown".
 */
export const hashText = (text: string, seed = 0): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash) || 1;
};

/** MurmurHash3's finisher: every bit of the input reaches every bit of the output. */
export const mix = (value: number): number => {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Joins up to four 32-bit numbers to one whole number below 2^53, for keys of counts. */
export const joinHashes = (a: number, b: number, c = 0, d = 0): number => {
  const low = mix(mix(mix(mix(a) ^ b) ^ c) ^ d);
  const high = mix(mix(mix(mix(a ^ 0x9e3779b9) + b) + c) + d) >>> 11;
  return high * 0x1_0000_0000 + low;
};

/** The lower 33 bits of a key tell it from those beside it. */
const REST = 2 ** 33;

/**
 * As {@link joinHashes}, with the upper 20 bits by `beside` alone: keys that stand beside the same lie next to each other in a
 * store that keeps them in order, and are read and written together.
 */
export const joinBeside = (beside: number, a: number, b: number, c = 0, d = 0): number =>
  (mix(beside) >>> 12) * REST + (joinHashes(a, b, c, d) % REST);

/** What a key stands beside, 20 bits: keys that have it in common lie next to each other. */
export const placeOf = (key: number): number => Math.floor(key / REST);
