import { type AttributeName, attributeList, attributeNames } from './attributes.ts';
import { joinBeside, joinHashes } from './hash-text.ts';
import type { Portrait } from './portrait.ts';
import { lastMinuteOf, lastValue, type Profile, wasSeenEarlier } from './profile.ts';
import { SPAN_COUNT, spanOf } from './spans.ts';

/** How many visitors were counted under a key; 0 where none was. */
export type CountOf = (key: number) => number;

/** How values that nobody had before come up: a Pitman-Yor process. `discount` 0..1, `strength` above 0. */
export type Novelty = { discount: number; strength: number };

/** How often a value was met: `count` of `total` visitors have it, who have `distinct` values among them. */
export type Frequency = { count: number; total: number; distinct: number };

/** What a count is about; part of its key, so that counts of different things never meet. Stored: never renumber. */
const ATTRIBUTE = 1;
const SYSTEM = 4;
const KIND = 5;
const KEPT = 6;
const LEFT = 7;
const CONFIGURATION = 2;
const PLACE = 3;
/** The parts of one frequency. */
const TOTAL = 1;
const DISTINCT = 2;

const addressAt = attributeNames.indexOf('address' satisfies AttributeName);
const networkAt = attributeNames.indexOf('network' satisfies AttributeName);

/** As much of a visit as counts are asked about. */
export type Shown = Pick<Portrait, 'values' | 'kindHash' | 'osHash'>;

/**
 * One value of one attribute among visitors that share the parent's value; `parent` 0: among all. `beside`: what its count is
 * kept beside. What is rare is asked for with all that hangs on it, and nothing else.
 */
type Cell = { subject: number; parent: number; value: number; beside: number };

const countKey = ({ subject, parent, value, beside }: Cell): number => joinBeside(beside, subject, parent, value);
const totalKey = ({ subject, parent }: Cell): number => joinBeside(parent, subject, parent, TOTAL, TOTAL);
const distinctKey = ({ subject, parent }: Cell): number => joinBeside(parent, subject, parent, DISTINCT, DISTINCT);

/** The subject of an attribute: its place in the registry, which is never given away again. */
const subjectOf = (attributeAt: number, kind: number): number => (attributeAt + 1) * 16 + kind;

/** The lower 32 bits of a key. */
const lowOf = (key: number): number => key >>> 0;

/** The kind with the values that an attribute hangs on. */
const parentsOf = ({ values, kindHash }: Shown, attributeAt: number): number => {
  let hash = kindHash;
  for (const at of attributeList[attributeAt]?.parentsAt ?? []) hash = lowOf(joinHashes(hash, values[at] ?? 0));
  return hash;
};

/** The attribute's value among those of one kind with the same parents. */
const conditional = (portrait: Shown, at: number): Cell => {
  const parent = parentsOf(portrait, at);
  return { subject: subjectOf(at, ATTRIBUTE), parent, value: portrait.values[at] ?? 0, beside: parent };
};

/** The attribute's value among those of one system, whatever the browser. */
const marginal = (portrait: Shown, at: number): Cell => {
  const value = portrait.values[at] ?? 0;
  return { subject: subjectOf(at, SYSTEM), parent: portrait.osHash, value, beside: value };
};

/** The kind among all. */
const kind = ({ kindHash }: Shown): Cell => ({ subject: KIND, parent: 0, value: kindHash, beside: 0 });

const stableAt = attributeList.flatMap(({ stable }, at) => (stable ? [at] : []));

/** Everything a device shows that is its own: clones share it. Hidden values are part of it. */
export const configurationOf = ({ values, kindHash }: Shown): number => {
  let hash = kindHash;
  for (const at of stableAt) hash = lowOf(joinHashes(hash >>> 0, values[at] ?? 0));
  return hash;
};

const configuration = (portrait: Shown, value: number): Cell => ({
  subject: CONFIGURATION,
  parent: portrait.kindHash,
  value,
  beside: value,
});

/** The configuration among the visitors seen at one address. */
const place = (portrait: Shown, value: number): Cell => {
  const parent = portrait.values[addressAt] ?? 0;
  return { subject: PLACE, parent, value, beside: parent };
};

/** How often visitors who came through a network again, after so long, had kept their address there, and had not. */
const habitKey = (network: number, span: number, kept: boolean): number =>
  joinBeside(network, kept ? KEPT : LEFT, network, span + 1);

/** By span since the last visit, how many kept their address within the visit's network, and how many had another. */
export type AddressHabits = { kept: number[]; left: number[] };

const spans = Array.from({ length: SPAN_COUNT }, (_, span) => span);

const readHabits = (countOf: CountOf, { values }: Portrait): AddressHabits => ({
  kept: spans.map((span) => countOf(habitKey(values[networkAt] ?? 0, span, true))),
  left: spans.map((span) => countOf(habitKey(values[networkAt] ?? 0, span, false))),
});

/** What to count for a visit of a known visitor through the network of its visit before. */
export const countHabit = (portrait: Portrait, profile: Profile): Raise[] => {
  const [network, address] = [portrait.values[networkAt] ?? 0, portrait.values[addressAt] ?? 0];
  if (network === 0 || address === 0 || network !== lastValue(profile, networkAt)) return [];
  const kept = address === lastValue(profile, addressAt) || wasSeenEarlier(profile, addressAt, address);
  const span = spanOf(Math.max(0, portrait.minute - lastMinuteOf(profile)));
  return [{ key: habitKey(network, span, kept), by: 1 }];
};

const readCell = (countOf: CountOf, cell: Cell): Frequency => ({
  count: countOf(countKey(cell)),
  total: countOf(totalKey(cell)),
  distinct: countOf(distinctKey(cell)),
});

/** How often one attribute's value was met among those of its kind with its parents' values. */
export const readBeside = (countOf: CountOf, portrait: Shown, at: number): Frequency =>
  readCell(countOf, conditional(portrait, at));

/** The same on its system, whatever the browser and the other values. */
export const readOnSystem = (countOf: CountOf, portrait: Shown, at: number): Frequency =>
  readCell(countOf, marginal(portrait, at));

/** How many visitors were counted, and how many of them are of this kind. */
export const readKind = (countOf: CountOf, portrait: Shown): Frequency => readCell(countOf, kind(portrait));

/** How many visitors of the kind show the very same in everything that is a device's own. */
export const readConfiguration = (countOf: CountOf, portrait: Shown): Frequency =>
  readCell(countOf, configuration(portrait, configurationOf(portrait)));

/** Everything counted that a visit's values are weighed by. */
export type Commonness = {
  /** By attribute, among those with the same parent; undefined where the attribute is not shown. */
  conditional: (Frequency | undefined)[];
  /** By attribute, among all. */
  marginal: (Frequency | undefined)[];
  configuration: Frequency;
  /** Browsers of this kind among all. */
  kind: Frequency;
  /** At the visit's address; total 0 where nobody was seen there. */
  place: Frequency;
  /** How long addresses last in the visit's network. */
  habits: AddressHabits;
};

/** The cells that a newcomer is counted in. */
const cellsOf = (portrait: Shown): Cell[] => {
  const cells: Cell[] = [];
  portrait.values.forEach((value, at) => {
    if (value !== 0) cells.push(conditional(portrait, at), marginal(portrait, at));
  });
  const value = configurationOf(portrait);
  cells.push(configuration(portrait, value), kind(portrait));
  if (portrait.values[addressAt] !== 0) cells.push(place(portrait, value));
  return cells;
};

/**
 * All keys that {@link readCommonness} asks for, so that a store can fetch them in one go. Their order is a part of what is
 * stored: never change.
 */
export const commonnessKeys = (portrait: Shown): number[] => {
  const keys: number[] = [];
  for (const cell of cellsOf(portrait)) keys.push(countKey(cell), totalKey(cell), distinctKey(cell));
  const network = portrait.values[networkAt] ?? 0;
  for (const kept of [true, false]) for (const span of spans) keys.push(habitKey(network, span, kept));
  return keys;
};

/** Looks up how common what a visit shows is. */
export const readCommonness = (countOf: CountOf, portrait: Portrait): Commonness => {
  const shown = (at: number): boolean => portrait.values[at] !== 0;
  const value = configurationOf(portrait);
  return {
    conditional: attributeList.map((_, at) => (shown(at) ? readCell(countOf, conditional(portrait, at)) : undefined)),
    marginal: attributeList.map((_, at) => (shown(at) ? readCell(countOf, marginal(portrait, at)) : undefined)),
    configuration: readCell(countOf, configuration(portrait, value)),
    kind: readCell(countOf, kind(portrait)),
    place: readCell(countOf, place(portrait, value)),
    habits: readHabits(countOf, portrait),
  };
};

/** A key of a count with the number to add to it. */
export type Raise = { key: number; by: number };

const raiseCell = (countOf: CountOf, cell: Cell, by: number): Raise[] => {
  const key = countKey(cell);
  const raises = [
    { key, by },
    { key: totalKey(cell), by },
  ];
  // A value's first visitor makes one more distinct value, as far as that visitor is one more.
  return countOf(key) === 0 ? [...raises, { key: distinctKey(cell), by }] : raises;
};

/**
 * What to count for a visitor that is new with a chance of `share`, 0..1: so much of it. Counting the unsure wholly feeds on
 * itself, since what is counted makes the next one look common; not counting them at all makes clones look rare.
 */
export const countNewcomer = (countOf: CountOf, portrait: Shown, share: number): Raise[] =>
  cellsOf(portrait).flatMap((cell) => raiseCell(countOf, cell, share));

/** What to count for a known visitor that now shows values which it never showed before: each visitor once a value. */
export const countChanges = (countOf: CountOf, portrait: Portrait, profile: Profile): Raise[] =>
  attributeList.flatMap(({ parentsAt }, at) => {
    const now = portrait.values[at] ?? 0;
    const isNew = now !== 0 && now !== lastValue(profile, at) && !wasSeenEarlier(profile, at, now);
    const uprooted = parentsAt.some((parentAt) => {
      const parent = portrait.values[parentAt] ?? 0;
      return parent !== 0 && parent !== lastValue(profile, parentAt) && !wasSeenEarlier(profile, parentAt, parent);
    });
    if (now === 0 || !(isNew || uprooted)) return [];
    return [
      ...raiseCell(countOf, conditional(portrait, at), 1),
      ...(isNew ? raiseCell(countOf, marginal(portrait, at), 1) : []),
    ];
  });

/**
 * The chance that one more visitor has this value: the predictive rule of the Pitman-Yor process, with `base` for a value
 * drawn anew (Teh 2006, "A hierarchical Bayesian language model based on Pitman-Yor processes", section 3). 0..1.
 */
export const chanceOf = (
  { count, total, distinct }: Frequency,
  { discount, strength }: Novelty,
  base: number,
): number => {
  const kept = Math.max(count - discount, 0);
  // Sums out of which erased visitors were taken need not quite fit each other any more.
  return Math.min(1, (kept + (strength + discount * distinct) * base) / (Math.max(total, 0) + strength));
};
