import type { CountOf, Raise } from './frequencies.ts';
import { joinBeside } from './hash-text.ts';
import type { Portrait } from './portrait.ts';
import { surpriseOf } from './surprise.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const RANK = 18;

/** Bits of surprise that one step of the ladder spans, and how many steps there are; the last one is open above. Stored. */
const STEP_BITS = 3;
const STEPS = 40;

/** Visitors counted below which newcomers are not ranked: to a site that has just begun everybody is a surprise. */
const FEWEST = 250;

/** Beyond this share of visitors at least as surprising nobody asks how many they are. */
export const COMMON = 0.05;

/** All stand side by side in a store. */
const stepKeys = Array.from({ length: STEPS }, (_, step) => joinBeside(RANK, RANK, step + 1));
const TOTAL_KEY = joinBeside(RANK, RANK, 0);

const stepOf = (bits: number): number => Math.min(STEPS - 1, Math.max(0, Math.floor(bits / STEP_BITS)));

/** Keys that {@link readRank} asks for at most: the same for every visit. */
export const rankKeys: readonly number[] = [TOTAL_KEY, ...stepKeys];

/** Where a device stands among the visitors that were ranked. */
export type Rank = {
  /** Visitors ranked, aged. */
  ranked: number;
  /** Of these, those at least as surprising when they came; by steps, so in doubt more. Counting ends beyond {@link COMMON}. */
  asRare: number;
};

/** Where a device of so many bits stands. Counts from the top, since most devices are not near it. */
export const readRank = (countOf: CountOf, bits: number): Rank => {
  const ranked = Math.max(0, countOf(TOTAL_KEY));
  let asRare = 0;
  for (let step = STEPS - 1; step >= stepOf(bits) && asRare <= ranked * COMMON; step--) {
    asRare += Math.max(0, countOf(stepKeys[step] ?? TOTAL_KEY));
  }
  return { ranked, asRare };
};

/** What to count for a visitor that is new with a chance of `share`, 0..1, once there are enough others to be ranked among. */
export const countRank = (countOf: CountOf, portrait: Portrait, share: number): Raise[] => {
  const { visitors, bits } = surpriseOf(countOf, portrait, 0);
  if (visitors < FEWEST) return [];
  return [TOTAL_KEY, stepKeys[stepOf(bits)] ?? TOTAL_KEY].map((key) => ({ key, by: share }));
};
