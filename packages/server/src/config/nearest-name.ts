/**
 * Edits that turn one word into another: insertions, deletions, replacements and swaps of neighbours, one each
 * (optimal string alignment distance).
 */
const editDistance = (a: string, b: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const best = Math.min(replaced, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(isSwap ? Math.min(best, (beforeLast[column - 2] ?? 0) + 1) : best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
};

/** The known name most like a mistyped one, or undefined when even that differs in more than a third of its letters. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((each) => ({ each, distance: editDistance(name, each) }))
    .sort((one, other) => one.distance - other.distance);
  return best !== undefined && best.distance <= best.each.length / 3 ? best.each : undefined;
};
