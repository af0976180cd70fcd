import { type AttributeName, attributeList, attributeNames } from './attributes.ts';
import { differingBits } from './font-bits.ts';
import type { Portrait } from './portrait.ts';
import {
  browserVersionOf,
  FONTS_AT,
  lastMinuteOf,
  lastValue,
  osVersionOf,
  type Profile,
  visitsOf,
  wasSeenEarlier,
} from './profile.ts';
import { spanOf } from './spans.ts';

/** How a reading compares with what a visitor is known by. Stored in tallies: never renumber. */
export const outcomes = { hidden: 0, agreed: 1, seen: 2, near: 3, moved: 4 } as const;
export type Outcome = (typeof outcomes)[keyof typeof outcomes];
export const OUTCOMES = 5;

/** How versions compare: it is rare that one goes back. */
export const steps = { unknown: 0, same: 1, next: 2, later: 3, back: 4 } as const;
export type Step = (typeof steps)[keyof typeof steps];
export const STEPS = 5;

/**
 * Under what circumstances an attribute is looked at. `calm`: nothing that it hangs on has changed. `updated`: the browser or
 * the system has, which may redraw a canvas. `uprooted`: its parent has changed, which changes it as well, or leaves it.
 * `once` and `seldom` stand for the first two where values alternate and the visitor came once, or a few times: who was seen at
 * home alone is met at work sooner than who has been coming from both.
 */
export const circumstances = { calm: 0, updated: 1, uprooted: 2, once: 3, seldom: 4 } as const;
export const CIRCUMSTANCES = 5;

/** Visits of a visitor who has come seldom. */
const SELDOM = 4;

/** Fonts added or taken away up to which two lists count as near. */
const NEAR_FONTS = 5;

const fontsAt = attributeNames.indexOf('fonts' satisfies AttributeName);

/** A visit beside a visitor. One object is used for many comparisons: see {@link compare}. */
export type Compared = {
  /** By attribute, the outcome and the circumstance. */
  outcomes: Uint8Array;
  circumstances: Uint8Array;
  browserStep: Step;
  osStep: Step;
  /** The span of time since the visitor's last visit: an index into the spans. */
  span: number;
};

export const emptyComparison = (): Compared => ({
  outcomes: new Uint8Array(attributeList.length),
  circumstances: new Uint8Array(attributeList.length),
  browserStep: steps.unknown,
  osStep: steps.unknown,
  span: 0,
});

const MAJOR = 2 ** 20;

const stepOf = (now: number, before: number): Step => {
  if (now === 0 || before === 0) return steps.unknown;
  if (now === before) return steps.same;
  if (now < before) return steps.back;
  return now - before < 2 * MAJOR ? steps.next : steps.later;
};

const outcomeOf = (portrait: Portrait, profile: Profile, at: number): Outcome => {
  const now = portrait.values[at] ?? 0;
  const known = lastValue(profile, at);
  if (now === 0 || known === 0) return outcomes.hidden;
  if (now === known) return outcomes.agreed;
  if (attributeList[at]?.comparison === 'seen' && wasSeenEarlier(profile, at, now)) return outcomes.seen;
  if (at === fontsAt && differingBits(portrait.fonts, profile, FONTS_AT) <= NEAR_FONTS) return outcomes.near;
  return outcomes.moved;
};

/** Compares a visit with a visitor, into `into`. Pure but for that: the same two give the same comparison. */
export const compare = (portrait: Portrait, profile: Profile, into: Compared): void => {
  into.browserStep = stepOf(portrait.browserVersion, browserVersionOf(profile));
  into.osStep = stepOf(portrait.osVersion, osVersionOf(profile));
  into.span = spanOf(Math.max(0, portrait.minute - lastMinuteOf(profile)));
  const updated = into.browserStep > steps.same || into.osStep > steps.same;
  const usual = updated ? circumstances.updated : circumstances.calm;
  const visits = visitsOf(profile);
  const alternating = visits > SELDOM ? usual : visits > 1 ? circumstances.seldom : circumstances.once;
  for (let at = 0; at < attributeList.length; at++) {
    into.outcomes[at] = outcomeOf(portrait, profile, at);
    const uprooted = attributeList[at]?.parentsAt.some((parentAt) => (into.outcomes[parentAt] ?? 0) > outcomes.agreed);
    const rooted = attributeList[at]?.comparison === 'seen' ? alternating : usual;
    into.circumstances[at] = uprooted === true ? circumstances.uprooted : rooted;
  }
};
