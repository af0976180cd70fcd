import { type AttributeName, attributeList } from './attributes.ts';
import { type CountOf, type Frequency, readBeside, readConfiguration, readKind, readOnSystem } from './frequencies.ts';
import type { Portrait } from './portrait.ts';

/** One attribute of a visit by how many others have its value. */
export type ValueSurprise = {
  attribute: AttributeName;
  /** The attributes beside which its value was counted. */
  beside: readonly string[];
  /** -log2 of the chance that another visitor with the same values beside it has this value. */
  bits: number;
  /** Others of the kind that have the value, and those that have the values beside it. */
  seen: number;
  among: number;
  /** Of the `among`, those that would have the value if it did not hang on what stands beside it; 0 where it was seen there. */
  expected: number;
};

/** How surprising a device is to whoever knows the visitors counted so far. */
export type Surprise = {
  /** Visitors counted, aged. */
  visitors: number;
  /** The sum over its kind and all stable attributes that it shows. */
  bits: number;
  /** Others that show the very same in all stable attributes. */
  alike: number;
  values: ValueSurprise[];
};

const stableAt = attributeList.flatMap(({ stable }, at) => (stable ? [at] : []));

/** Below so much, aged, nobody was counted. */
const NOBODY = 0.5;

/** The frequency without the visitor itself, who was counted with `own`, 0..1, and whose value may be nobody else's. */
const ofOthers = ({ count, total, distinct }: Frequency, own: number): Frequency => {
  const others = Math.max(0, count - own);
  return {
    count: others,
    total: Math.max(0, total - own),
    distinct: Math.max(1, others < NOBODY ? distinct - own : distinct),
  };
};

/**
 * The chance of a value: of those seen by how many have it, of others a part of what was left for them, which is the larger the
 * more kinds of values there are (Witten and Bell 1991, "The zero-frequency problem", method C, backing off). It needs no model,
 * and is never 0. 0..1.
 */
const chanceOf = ({ count, total, distinct }: Frequency, ofOther: () => number): number =>
  (count >= NOBODY ? count : distinct * ofOther()) / (total + distinct);

/** How surprising one value is. `unheard`: the chance of a value that nobody on its system has shown. */
const surpriseAt = (countOf: CountOf, portrait: Portrait, at: number, own: number, unheard: number) => {
  const beside = ofOthers(readBeside(countOf, portrait, at), own);
  let expected = 0;
  const chance = chanceOf(beside, () => {
    const onSystem = ofOthers(readOnSystem(countOf, portrait, at), own);
    expected = onSystem.total > 0 ? (beside.total * onSystem.count) / onSystem.total : 0;
    return chanceOf(onSystem, () => unheard);
  });
  return { bits: -Math.log2(Math.min(1, chance)), seen: beside.count, among: beside.total, expected };
};

/**
 * How surprising what a device shows is, by how many of the visitors counted show it: each stable attribute beside the
 * values that it hangs on, so that pairs which always go together are not counted twice, backing off to how common the value is
 * on its system. What is hidden surprises nobody. `own`: the weight with which this visitor was counted itself, 0 for a new one.
 */
export const surpriseOf = (countOf: CountOf, portrait: Portrait, own: number): Surprise => {
  const kind = ofOthers(readKind(countOf, portrait), own);
  const unheard = 1 / (kind.total + 1);
  const values: ValueSurprise[] = [];
  let bits = -Math.log2(chanceOf(kind, () => unheard));
  for (const at of stableAt) {
    const attribute = attributeList[at];
    if (attribute === undefined || portrait.values[at] === 0) continue;
    const value = surpriseAt(countOf, portrait, at, own, unheard);
    bits += value.bits;
    values.push({ attribute: attribute.name, beside: attribute.parents, ...value });
  }
  return { visitors: kind.total, bits, alike: ofOthers(readConfiguration(countOf, portrait), own).count, values };
};
