import { hashText } from './hash-text.ts';

/** Numbers of 32 bits that the fonts are folded into. */
export const FONT_WORDS = 4;

/**
 * A list of fonts, as the JSON text of its reading, folded into 128 bits: one bit a font, so that two lists can be compared
 * by how many fonts one has and the other lacks. Some forty fonts fill a third of the bits; two fonts on one bit count once.
 */
export const fontBits = (json: string | undefined): Uint32Array => {
  const words = new Uint32Array(FONT_WORDS);
  if (json === undefined) return words;
  for (const font of JSON.parse(json) as string[]) {
    const bit = hashText(font) % (FONT_WORDS * 32);
    words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  return words;
};

const countBits = (word: number): number => {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** How many bits two sets differ in. `from` and `at`: where the second begins within a packed profile. */
export const differingBits = (a: Uint32Array, b: Uint32Array, at = 0): number => {
  let count = 0;
  for (let word = 0; word < FONT_WORDS; word++) count += countBits((a[word] ?? 0) ^ (b[at + word] ?? 0));
  return count;
};
