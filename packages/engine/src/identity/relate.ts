import type { Evidence } from '@whorl/contract';
import { type DeviceAttribute, deviceAttributes } from './device-attributes.ts';
import type { Features } from './features.ts';

/** A visitor to be related to others. */
export type Relative = { visitorId: string; features: Features };

/** A visitor that is another browser of the same device. `confidence` 0..1; weights of `reasons` in bits. */
export type Relation = { visitorId: string; confidence: number; reasons: Evidence[] };

/** A relation is told at this confidence or above. */
export const RELATED_THRESHOLD = 0.8;

/** The chance that another visitor of the same system behind the same address, where there are few, is the same device. */
const PRIOR = 0.3;

/** At this evidence in bits or below another visitor is of another device for certain: sixteen to one against. */
const ANOTHER_DEVICE = -4;

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

/** The evidence in bits of one attribute that agrees or differs (Fellegi and Sunter, 1969). */
const weigh = ({ same, other }: DeviceAttribute, agrees: boolean, a: Features): number => {
  const chance = typeof other === 'number' ? other : other(a);
  return round(agrees ? Math.log2(same / chance) : Math.log2((1 - same) / (1 - chance)));
};

/** All evidence in bits. What cannot be compared says nothing. */
const bitsOf = (a: Features, b: Features): number => {
  let bits = 0;
  for (const attribute of deviceAttributes) {
    const agrees = attribute.agree(a, b);
    if (agrees !== undefined) bits += weigh(attribute, agrees, a);
  }
  return bits;
};

/** The same evidence attribute by attribute, the weightiest first. */
const reasonsOf = (a: Features, b: Features): Evidence[] =>
  deviceAttributes
    .flatMap((attribute): Evidence[] => {
      const agrees = attribute.agree(a, b);
      if (agrees === undefined) return [];
      const fact = `${attribute.name} ${agrees ? 'agrees' : 'differs'}`;
      return [{ fact, value: null, weight: weigh(attribute, agrees, a), from: 'store' }];
    })
    .sort((one, two) => Math.abs(two.weight) - Math.abs(one.weight));

const chanceOf = (bits: number, prior: number): number => 1 / (1 + 2 ** -(bits + Math.log2(prior / (1 - prior))));

const browserOf = ({ features }: Relative): string => features.browser ?? '';

/** How many profiles of a browser to believe in, by the bits that a device alike in everything would agree by. */
const profilesOf = ({ features }: Relative): number => {
  const rarity = Math.max(0, bitsOf(features, features) - COMMON_BITS);
  return Math.min(MOST_PROFILES, PROFILES * 2 ** (rarity / BITS_PER_DOUBLING));
};

/**
 * What a visitor sees among those behind its address: `prior`, the chance that one of them is its device before they are
 * compared, and `circle`, those that look like its device, itself among them.
 */
type Sight = { prior: number; circle: ReadonlySet<Relative> };

/**
 * Only those that could be of the visitor's device make each of them less likely: whoever shows by all it tells that it is
 * another device takes nothing from the others.
 */
const sightOf = (one: Relative, crowd: readonly Relative[]): Sight => {
  const plausible = crowd
    .filter((each) => each !== one)
    .map((each) => ({ each, bits: bitsOf(one.features, each.features) }))
    .filter(({ bits }) => bits > ANOTHER_DEVICE);
  const prior = Math.min(PRIOR, 1 / Math.max(1, plausible.length));
  const alike = plausible.filter(({ bits }) => chanceOf(bits, prior) >= ALIKE);
  return { prior, circle: new Set([one, ...alike.map(({ each }) => each)]) };
};

/**
 * How much of a likeness to another is left to `one`, 0..1, when all that have its browser's name and look like the other
 * share it. Those that also look like `one` are its profiles or its clones: up to {@link profilesOf} the former. Those that
 * do not are rivals, other devices for certain, of which only one can be that of the other.
 *
 * @param own those that look like the device of `one`
 * @param its those that look like the other's
 */
const shareOf = (one: Relative, own: Sight['circle'], its: Sight['circle']): number => {
  const sharing = [...its].filter((each) => each !== one && browserOf(each) === browserOf(one));
  const clones = sharing.filter((each) => own.has(each)).length;
  const rivals = sharing.length - clones;
  return Math.min(1, profilesOf(one) / (1 + clones)) / (1 + rivals);
};

/** The relation of two visitors in a crowd; undefined below the threshold. `own`: what the first of them sees. */
const relationOf = (
  visitor: Relative,
  own: Sight,
  other: Relative,
  crowd: readonly Relative[],
): Relation | undefined => {
  const bits = bitsOf(visitor.features, other.features);
  // Whoever is not likely enough by the visitor's own sight only becomes less so: its sight need not be looked at.
  if (chanceOf(bits, own.prior) < RELATED_THRESHOLD) return undefined;
  const its = sightOf(other, crowd);
  const share = Math.min(shareOf(visitor, own.circle, its.circle), shareOf(other, its.circle, own.circle));
  const confidence = round(chanceOf(bits, Math.min(own.prior, its.prior)) * share);
  if (confidence < RELATED_THRESHOLD) return undefined;
  return { visitorId: other.visitorId, confidence, reasons: reasonsOf(visitor.features, other.features) };
};

/**
 * The visitors that are other browsers of a visitor's device, likeliest first.
 *
 * The posterior that two visitors are one device is formed from what any browser tells of it, see
 * {@link deviceAttributes}; the more neighbours there are that could be the device, the less likely is each of them
 * beforehand. Then it is shared on both sides among those with the same browser that look alike, for a device seldom has
 * many of each: in a fleet of clones behind one address nobody is related to anybody, while a few profiles of a device that
 * is rare are. Pure.
 *
 * @param neighbours visitors under the same device key. The work grows with their number, and with its square where all
 * of them look alike
 */
export const relate = (visitor: Relative, neighbours: readonly Relative[]): Relation[] => {
  const others = neighbours.filter(
    ({ visitorId, features }) => visitorId !== visitor.visitorId && features.os === visitor.features.os,
  );
  const crowd = [visitor, ...others];
  const own = sightOf(visitor, crowd);
  return others
    .map((other) => relationOf(visitor, own, other, crowd))
    .filter((relation) => relation !== undefined)
    .sort((a, b) => b.confidence - a.confidence || (a.visitorId < b.visitorId ? -1 : 1));
};
