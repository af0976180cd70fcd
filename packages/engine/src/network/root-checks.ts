/** What a check speaks of: an app or file of root, an `su`, or the state of the system. */
export type RootCheck = { kind: 'telling' | 'su' | 'system'; weight: number };

/**
 * Checks that libraries in apps carry out without saying what they have found, by their names in RootBeer, which
 * jail-monkey passes on. Weights are those of the same fact where the app says what it found, and less where a check also
 * looks at something weaker. https://github.com/scottyab/rootbeer
 */
const known: Readonly<Record<string, RootCheck>> = {
  detectRootManagementApps: { kind: 'telling', weight: 0.85 },
  detectPotentiallyDangerousApps: { kind: 'telling', weight: 0.7 },
  checkForMagiskBinary: { kind: 'telling', weight: 0.75 },
  checkForSuBinary: { kind: 'su', weight: 0.7 },
  checkSuExists: { kind: 'su', weight: 0.7 },
  checkForRootNative: { kind: 'su', weight: 0.7 },
  checkForRWPaths: { kind: 'system', weight: 0.3 },
  checkForDangerousProps: { kind: 'system', weight: 0.1 },
  detectTestKeys: { kind: 'system', weight: 0.2 },
};

/** Names of a kind of checks that found something, and the weight of the heaviest; undefined where none of the kind was made. */
export const rootChecks = (
  checks: Readonly<Record<string, boolean>> | undefined,
  kind: RootCheck['kind'],
): { found: string[]; weight: number } | undefined => {
  const made = Object.entries(known).filter(
    ([name, check]) => check.kind === kind && checks !== undefined && Object.hasOwn(checks, name),
  );
  if (made.length === 0) return undefined;
  const hit = made.filter(([name]) => checks?.[name] === true);
  return { found: hit.map(([name]) => name), weight: Math.max(0, ...hit.map(([, { weight }]) => weight)) };
};
