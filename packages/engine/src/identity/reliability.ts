/**
 * What one sign adds to a score: a line from `least` to `most`, level beyond, so that nothing is read into what was never
 * seen; from each bend on, its slope changes by so much.
 */
export type Part = { least: number; most: number; slope: number; bends: { from: number; slope: number }[] };

/**
 * How far links are to be believed: an additive model of the log-odds that a link is right, that is, a logistic regression on
 * piecewise-linear terms.
 */
export type Reliability = { start: number; parts: Part[] };

/** A sign as a part sees it. */
export const within = ({ least, most }: Pick<Part, 'least' | 'most'>, sign: number): number =>
  Math.min(Math.max(sign, least), most);

/** The log-odds that a link of these signs is right, natural. `signs`: in the order of the parts. */
export const reliabilityScore = ({ start, parts }: Reliability, signs: readonly number[]): number => {
  let score = start;
  parts.forEach((part, at) => {
    const sign = within(part, signs[at] ?? 0);
    score += part.slope * sign;
    for (const { from, slope } of part.bends) score += slope * Math.max(0, sign - from);
  });
  return score;
};
