/** The longest run that both texts share within bounds, and where; of equally long ones the first. */
const longestRun = (a: string, b: string) => {
  let best = { length: 0, inA: 0, inB: 0 };
  let before = new Uint16Array(b.length + 1);
  for (let at = 0; at < a.length; at++) {
    const row = new Uint16Array(b.length + 1);
    for (let to = 0; to < b.length; to++) {
      if (a[at] !== b[to]) continue;
      const length = (before[to] ?? 0) + 1;
      row[to + 1] = length;
      if (length > best.length) best = { length, inA: at + 1 - length, inB: to + 1 - length };
    }
    before = row;
  }
  return best;
};

const matching = (a: string, b: string): number => {
  if (a === '' || b === '') return 0;
  const { length, inA, inB } = longestRun(a, b);
  if (length === 0) return 0;
  const left = matching(a.slice(0, inA), b.slice(0, inB));
  return left + length + matching(a.slice(inA + length), b.slice(inB + length));
};

/** Longer texts are compared by their first so many characters. */
const COMPARED = 600;

const known = new Map<string, number>();
const MOST_KNOWN = 200_000;

/**
 * How alike two texts are, 0..1, by Ratcliff and Obershelp (1988): twice the characters in common runs over all characters.
 * It is what Eckersley's and FP-Stalker's authors used, as Python's `difflib`. What was compared once is remembered.
 */
export const textSimilarity = (one: string, other: string): number => {
  if (one === other) return 1;
  const key = `${one}\0${other}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const [a, b] = [one.slice(0, COMPARED), other.slice(0, COMPARED)];
  const ratio = (2 * matching(a, b)) / (a.length + b.length);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, ratio);
  return ratio;
};
