/**
 * Where the process keeps what it still has to do. On the process itself: a test runner loads this module anew for every
 * test file, and each copy would else add a listener of its own.
 */
const DUTIES = Symbol.for('whorl.testing.at-exit');

type Owner = { [DUTIES]?: Set<() => void> };

const dutiesOf = (owner: Owner): Set<() => void> => {
  const known = owner[DUTIES];
  if (known !== undefined) return known;
  const duties = new Set<() => void>();
  owner[DUTIES] = duties;
  // Before the others: that of Vitest ends the process on the spot.
  process.prependOnceListener('exit', () => {
    for (const duty of duties) duty();
  });
  return duties;
};

/**
 * Has `duty`, which cannot wait for anything, done when this process ends by itself; a signal that nobody heeds ends it
 * without. Call what is returned once there is nothing left to do.
 */
export const atExit = (duty: () => void): (() => void) => {
  const duties = dutiesOf(process as Owner);
  duties.add(duty);
  return () => {
    duties.delete(duty);
  };
};
