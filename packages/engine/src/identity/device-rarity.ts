import type { CountOf } from './frequencies.ts';
import { type HelloPair, readHello } from './hello-pairs.ts';
import type { Portrait } from './portrait.ts';
import { type Rank, readRank } from './rarity-ranks.ts';
import { surpriseOf, type ValueSurprise } from './surprise.ts';

/** Visitors ranked below which nobody is called rare or common: the rarest thousandth is one of them. */
export const LEAST_RANKED = 1_000;

/** How rare what a visit shows is among the visitors that it can be told apart from. */
export type DeviceRarity = Rank & {
  /** -log2 of how likely one more visitor shows this. */
  bits: number;
  /** Other visitors that show the very same in all stable attributes, aged. */
  alike: number;
  /** Whether this visitor was counted before. */
  known: boolean;
  /** The values that add most, most first. */
  rarest: ValueSurprise[];
  /** Values that are common each by itself and that nobody else has together. */
  strangers: ValueSurprise[];
  /** The TLS hello, where it is common and nobody else comes with it in this version of this browser; missing otherwise. */
  strangeHello?: HelloPair;
};

/** Values that a report of rarity names. */
const NAMED = 3;

/**
 * Attributes that the machine, its drivers and the engine fix: what stands beside them binds them. Languages and fonts
 * follow people, who move and mix.
 */
const BOUND: ReadonlySet<ValueSurprise['attribute']> = new Set([
  'gpu',
  'gpuLimits',
  'cores',
  'memory',
  'platform',
  'architecture',
  'touch',
  'canvas',
  'audio',
  'math',
  'webGpu',
  'codecs',
]);

/** A pair is strange where so many visitors were to be expected with it, and nobody else has it. */
const EXPECTED = 20;

const isStranger = ({ attribute, expected }: ValueSurprise): boolean => BOUND.has(attribute) && expected >= EXPECTED;

/** Below so much, aged, nobody was counted. */
const NOBODY = 0.5;

/** A hello stays strange while fewer come with it than this share of those to be expected, so that the second of a series is no more usual than the first. */
const HARDLY_ANY = 0.01;

const helloOf = (countOf: CountOf, portrait: Portrait, own: number): Pick<DeviceRarity, 'strangeHello'> => {
  const pair = readHello(countOf, portrait, own);
  return pair !== undefined && pair.expected >= EXPECTED && pair.seen < Math.max(NOBODY, pair.expected * HARDLY_ANY)
    ? { strangeHello: pair }
    : {};
};

/**
 * How rare a device is. `own`: the weight with which its visitor was counted itself, 0..1; 0 for a new one. Everything is
 * relative to the visitors counted under `countOf`, which are those of one workspace or environment.
 */
export const deviceRarity = (countOf: CountOf, portrait: Portrait, own: number): DeviceRarity => {
  const { bits, alike, values } = surpriseOf(countOf, portrait, own);
  const rank = readRank(countOf, bits);
  const bySurprise = values.toSorted((a, b) => b.bits - a.bits);
  return {
    ...rank,
    bits,
    alike,
    known: own > 0,
    rarest: bySurprise.slice(0, NAMED),
    strangers: rank.ranked < LEAST_RANKED ? [] : bySurprise.filter(isStranger),
    ...(rank.ranked < LEAST_RANKED ? {} : helloOf(countOf, portrait, own)),
  };
};
