import { attributeList } from './attributes.ts';
import { CIRCUMSTANCES, type Compared, OUTCOMES, STEPS } from './compare.ts';
import { SPAN_COUNT } from './spans.ts';

/**
 * What was counted of pairs whose truth is known: visits that bring a token beside the visitor that it names, and beside
 * others. All that the matcher learns of how attributes behave comes from such counts; those shipped are the first.
 */
export type SystemTally = {
  /** Pairs of one browser: outcomes of an attribute, by circumstance and span. See {@link pairCell}. */
  pairs: Float64Array;
  /** Pairs of one browser, and of two: steps of the browser's and of the system's version, by span. */
  pairSteps: Float64Array;
  strangerSteps: Float64Array;
  /** Pairs of two browsers: outcomes of an attribute whatever the circumstance. */
  strangers: Float64Array;
};

export const emptyTally = (): SystemTally => ({
  pairs: new Float64Array(attributeList.length * CIRCUMSTANCES * SPAN_COUNT * OUTCOMES),
  pairSteps: new Float64Array(2 * SPAN_COUNT * STEPS),
  strangerSteps: new Float64Array(2 * SPAN_COUNT * STEPS),
  strangers: new Float64Array(attributeList.length * OUTCOMES),
});

/** Where the outcomes of an attribute under a circumstance after a span begin within `pairs`. */
export const pairCell = (attributeAt: number, circumstance: number, span: number): number =>
  ((attributeAt * CIRCUMSTANCES + circumstance) * SPAN_COUNT + span) * OUTCOMES;

/** Where the steps of the browser's version (0) or of the system's (1) after a span begin. */
export const stepCell = (version: 0 | 1, span: number): number => (version * SPAN_COUNT + span) * STEPS;

const raise = (counts: Float64Array, at: number): void => {
  counts[at] = (counts[at] ?? 0) + 1;
};

/** Counts a comparison of a visit with the visitor that it belongs to. */
export const tallyPair = (tally: SystemTally, compared: Compared): void => {
  attributeList.forEach((_, at) => {
    raise(tally.pairs, pairCell(at, compared.circumstances[at] ?? 0, compared.span) + (compared.outcomes[at] ?? 0));
  });
  raise(tally.pairSteps, stepCell(0, compared.span) + compared.browserStep);
  raise(tally.pairSteps, stepCell(1, compared.span) + compared.osStep);
};

/** Counts a comparison of a visit with a visitor that it does not belong to. */
export const tallyStranger = (tally: SystemTally, compared: Compared): void => {
  attributeList.forEach((_, at) => {
    raise(tally.strangers, at * OUTCOMES + (compared.outcomes[at] ?? 0));
  });
  raise(tally.strangerSteps, stepCell(0, compared.span) + compared.browserStep);
  raise(tally.strangerSteps, stepCell(1, compared.span) + compared.osStep);
};
