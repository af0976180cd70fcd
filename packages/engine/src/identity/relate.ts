import type { Evidence } from '@whorl/contract';
import { type DeviceAttribute, deviceAttributes } from './device-attributes.ts';
import type { Features } from './identity.ts';

/** A visitor to be related to others. */
export type Relative = { visitorId: string; features: Features };

/** A visitor that is another browser of the same device. `confidence` 0..1; weights of `reasons` in bits. */
export type Relation = { visitorId: string; confidence: number; reasons: Evidence[] };

/** A relation is told at this confidence or above. */
export const RELATED_THRESHOLD = 0.8;

/** The chance that another visitor of the same system behind the same address, where there are few, is the same device. */
const PRIOR = 0.3;

/** So many visitors with one browser's name belong to one device: profiles, private windows, cleared storage. */
const PROFILES = 1.7;

/** Of a device that fleets are made of, with no more bits than this to know it by, there are no more. */
const COMMON_BITS = 10;

/** So many bits more make identical devices behind one address unlikely enough to believe in twice as many profiles. */
const BITS_PER_DOUBLING = 4;

/** Where there are still more they are a fleet, however rare: a hall of gaming machines, a laboratory. */
const MOST_PROFILES = 4;

/** A visitor looks like the same device at this chance or above, and so takes part in the count of profiles and clones. */
const ALIKE = 0.5;

const round = (share: number): number => Math.round(share * 1000) / 1000;

/** The evidence in bits of one attribute (Fellegi and Sunter, 1969); undefined where it cannot be compared. */
const weigh = ({ name, agree, same, other }: DeviceAttribute, a: Features, b: Features): Evidence | undefined => {
  const agrees = agree(a, b);
  if (agrees === undefined) return undefined;
  const chance = typeof other === 'number' ? other : other(a);
  const bits = agrees ? Math.log2(same / chance) : Math.log2((1 - same) / (1 - chance));
  return { fact: `${name} ${agrees ? 'agrees' : 'differs'}`, value: null, weight: round(bits), from: 'store' };
};

const evidenceOf = (a: Features, b: Features): Evidence[] =>
  deviceAttributes.map((attribute) => weigh(attribute, a, b)).filter((reason) => reason !== undefined);

const bitsOf = (evidence: readonly Evidence[]): number => evidence.reduce((sum, { weight }) => sum + weight, 0);

const chanceOf = (bits: number, prior: number): number => 1 / (1 + 2 ** -(bits + Math.log2(prior / (1 - prior))));

const browserOf = ({ features }: Relative): string => features.browser ?? '';

/** How many profiles of a browser to believe in, by the bits that a device alike in everything would agree by. */
const profilesOf = ({ features }: Relative): number => {
  const rarity = Math.max(0, bitsOf(evidenceOf(features, features)) - COMMON_BITS);
  return Math.min(MOST_PROFILES, PROFILES * 2 ** (rarity / BITS_PER_DOUBLING));
};

/** For each visitor those that look like its device, itself among them. */
type Circles = ReadonlyMap<Relative, ReadonlySet<Relative>>;

const circlesOf = (crowd: readonly Relative[], prior: number): Circles => {
  const isAlike = (a: Relative, b: Relative) =>
    a === b || chanceOf(bitsOf(evidenceOf(a.features, b.features)), prior) >= ALIKE;
  return new Map(crowd.map((one) => [one, new Set(crowd.filter((each) => isAlike(one, each)))]));
};

/**
 * How much of a likeness to `other` is left to `one`, 0..1, when all that have its browser's name and look like `other`
 * share it. Those that also look like `one` are its profiles or its clones: up to {@link profilesOf} the former. Those that
 * do not are rivals, other devices for certain, of which only one can be that of `other`.
 */
const shareOf = (one: Relative, other: Relative, circles: Circles): number => {
  const sharing = [...(circles.get(other) ?? [])].filter((each) => each !== one && browserOf(each) === browserOf(one));
  const clones = sharing.filter((each) => circles.get(one)?.has(each)).length;
  const rivals = sharing.length - clones;
  return Math.min(1, profilesOf(one) / (1 + clones)) / (1 + rivals);
};

/**
 * The visitors that are other browsers of a visitor's device, likeliest first.
 *
 * The posterior that two visitors are one device is formed from what any browser tells of it, see
 * {@link deviceAttributes}; the more neighbours there are, the less likely is each of them beforehand. Then it is shared
 * on both sides among those with the same browser that look alike, for a device seldom has many of each: in a fleet of
 * clones behind one address nobody is related to anybody, while a few profiles of a device that is rare are. Pure.
 *
 * @param neighbours visitors under the same device key; the work grows with the square of their number
 */
export const relate = (visitor: Relative, neighbours: readonly Relative[]): Relation[] => {
  const others = neighbours.filter(
    ({ visitorId, features }) => visitorId !== visitor.visitorId && features.os === visitor.features.os,
  );
  const prior = Math.min(PRIOR, 1 / Math.max(1, others.length));
  const circles = circlesOf([visitor, ...others], prior);
  return others
    .map((other) => {
      const reasons = evidenceOf(visitor.features, other.features);
      const share = Math.min(shareOf(visitor, other, circles), shareOf(other, visitor, circles));
      return {
        visitorId: other.visitorId,
        confidence: round(chanceOf(bitsOf(reasons), prior) * share),
        reasons: reasons.sort((one, two) => Math.abs(two.weight) - Math.abs(one.weight)),
      };
    })
    .filter(({ confidence }) => confidence >= RELATED_THRESHOLD)
    .sort((a, b) => b.confidence - a.confidence || (a.visitorId < b.visitorId ? -1 : 1));
};
