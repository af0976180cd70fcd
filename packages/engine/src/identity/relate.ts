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

/**
 * Of visitors with one browser's name whose devices look alike, so many belong to one device: profiles, private windows,
 * cleared storage. Where there are more, they are a fleet of clones that only a person could tell apart.
 */
const PROFILES = 1.7;

/** A visitor looks like the same device at this chance or above, and so takes part in the count of clones. */
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

const compare = (a: Features, b: Features, prior: number): { chance: number; reasons: Evidence[] } => {
  const reasons = deviceAttributes
    .map((attribute) => weigh(attribute, a, b))
    .filter((reason) => reason !== undefined)
    .sort((one, two) => Math.abs(two.weight) - Math.abs(one.weight));
  const bits = reasons.reduce((sum, { weight }) => sum + weight, Math.log2(prior / (1 - prior)));
  return { chance: 1 / (1 + 2 ** -bits), reasons };
};

const browserOf = ({ features }: Relative): string => features.browser ?? '';

/**
 * The visitors that are other browsers of a visitor's device, likeliest first.
 *
 * The posterior that two visitors are one device is formed from what any browser tells of it, see
 * {@link deviceAttributes}; the more neighbours there are, the less likely is each of them beforehand. Then it is shared
 * among those that look alike and have the same browser, for a device seldom has more than one of each: in a fleet of
 * clones behind one address nobody is related to anybody. Pure.
 *
 * @param neighbours visitors under the same device key; the work grows with their number alone
 */
export const relate = (visitor: Relative, neighbours: readonly Relative[]): Relation[] => {
  const others = neighbours.filter(
    ({ visitorId, features }) => visitorId !== visitor.visitorId && features.os === visitor.features.os,
  );
  const prior = Math.min(PRIOR, 1 / Math.max(1, others.length));
  const compared = others.map((other) => ({ other, ...compare(visitor.features, other.features, prior) }));
  const counts = new Map([[browserOf(visitor), 1]]);
  for (const { other, chance } of compared) {
    if (chance >= ALIKE) counts.set(browserOf(other), (counts.get(browserOf(other)) ?? 0) + 1);
  }
  const clones = (other: Relative): number =>
    Math.max(counts.get(browserOf(visitor)) ?? 1, counts.get(browserOf(other)) ?? 1);
  return compared
    .map(({ other, chance, reasons }) => ({
      visitorId: other.visitorId,
      confidence: round(chance * Math.min(1, PROFILES / clones(other))),
      reasons,
    }))
    .filter(({ confidence }) => confidence >= RELATED_THRESHOLD)
    .sort((a, b) => b.confidence - a.confidence || (a.visitorId < b.visitorId ? -1 : 1));
};
