import { attributeNames } from './attributes.ts';
import { type IdentityModel, learnSystem, type Returning, type SystemNovelty } from './model.ts';
import { signNames } from './signs.ts';
import { emptyTally, type SystemTally } from './tally.ts';

/** What was learnt of one system, before it is made into a model. */
export type SystemKnowledge = { tally: SystemTally; novelty: SystemNovelty; returning: Returning };

/**
 * All that identification has learnt, as counts and rates that more can be added to. `other`: the system whose knowledge
 * serves those that were too rare to learn of.
 */
export type IdentityKnowledge = {
  systems: Record<string, SystemKnowledge>;
  other: string;
  reliability: IdentityModel['reliability'];
  curves: IdentityModel['curves'];
};

/** What decides by this knowledge. */
export const modelFrom = ({ systems, other, reliability, curves }: IdentityKnowledge): IdentityModel => {
  const learnt = Object.fromEntries(
    Object.entries(systems).map(([os, { tally, novelty, returning }]) => [os, learnSystem(tally, novelty, returning)]),
  );
  const usual = learnt[other];
  if (usual === undefined) throw new RangeError(`nothing is known of ${other}`);
  return { systems: learnt, other: usual, reliability, curves };
};

/** Raised when the written form changes. Outcomes, circumstances, spans and steps are never renumbered. */
const FORM = 3;

type Sparse = number[];
type WrittenTally = { [Name in keyof SystemTally]: Sparse };
type Written = {
  form: number;
  attributes: string[];
  signs: string[];
  other: string;
  systems: Record<string, { tally: WrittenTally; novelty: SystemNovelty; returning: Returning }>;
  reliability: IdentityModel['reliability'];
  curves: IdentityModel['curves'];
};

/** Places and counts in turns: most cells are empty. */
const sparse = (counts: Float64Array): Sparse => [...counts].flatMap((count, at) => (count === 0 ? [] : [at, count]));

const names = Object.keys(emptyTally()) as (keyof SystemTally)[];

const writeTally = (tally: SystemTally): WrittenTally =>
  Object.fromEntries(names.map((name) => [name, sparse(tally[name])])) as WrittenTally;

const readTally = (written: WrittenTally): SystemTally => {
  const tally = emptyTally();
  for (const name of names) {
    const counts = tally[name];
    const pairs = written[name];
    for (let at = 0; at < pairs.length; at += 2) counts[pairs[at] ?? 0] = pairs[at + 1] ?? 0;
  }
  return tally;
};

/** The knowledge as JSON text. */
export const writeKnowledge = ({ systems, other, reliability, curves }: IdentityKnowledge): string => {
  const written: Written = {
    form: FORM,
    attributes: attributeNames,
    signs: signNames,
    other,
    systems: Object.fromEntries(
      Object.entries(systems).map(([os, { tally, ...rest }]) => [os, { tally: writeTally(tally), ...rest }]),
    ),
    reliability,
    curves,
  };
  return JSON.stringify(written);
};

/**
 * Reads what {@link writeKnowledge} wrote. Attributes that have been added since are unknown to it, and are learnt of later.
 * @throws RangeError where it was written for other attributes, or in another form
 */
export const readKnowledge = (json: string): IdentityKnowledge => {
  const { form, attributes, signs, other, systems, reliability, curves } = JSON.parse(json) as Written;
  const known = attributeNames.slice(0, attributes.length);
  if (form !== FORM || known.join() !== attributes.join() || signNames.join() !== signs.join()) {
    throw new RangeError('this knowledge of identities was written for other attributes or signs: learn it anew');
  }
  return {
    other,
    reliability,
    curves,
    systems: Object.fromEntries(
      Object.entries(systems).map(([os, { tally, ...rest }]) => [os, { tally: readTally(tally), ...rest }]),
    ),
  };
};
