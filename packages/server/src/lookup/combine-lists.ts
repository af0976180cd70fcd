import { isTooOld, type ListFacts, type ListFinding } from '@whorl/engine';
import type { OwnFacts } from './databases/find-in-databases.ts';

type ListName = keyof ListFacts;

const newest = (findings: readonly ListFinding[]): ListFinding | undefined =>
  findings.reduce<ListFinding | undefined>(
    (best, finding) => (best === undefined || finding.source.builtAt > best.source.builtAt ? finding : best),
    undefined,
  );

/** Of what several say of one list, what counts: a fresh one that has the address, then the newest that has not. */
const decide = (list: ListName, findings: readonly ListFinding[], time: number): ListFinding | undefined => {
  const fresh = findings.filter(({ source, lasting }) => lasting === true || !isTooOld(list, source.builtAt, time));
  const listed = fresh.filter((finding) => finding.listed);
  // Where nothing is fresh the engine is told of the newest, and says that it is too old.
  return newest(listed) ?? newest(fresh) ?? newest(findings);
};

/**
 * What fetched lists and the operator's own databases say together at a time (unix milliseconds). What is a relay's counts as
 * that alone, as with lists. Undefined where there are neither.
 */
export const combineLists = (
  fetched: ListFacts | undefined,
  own: OwnFacts['lists'],
  time: number,
): ListFacts | undefined => {
  const names = Object.keys(own) as (keyof typeof own)[];
  if (names.length === 0) return fetched;
  const combined: ListFacts = { ...fetched };
  for (const name of names) {
    const before = fetched?.[name];
    const decided = decide(name, [...(before === undefined ? [] : [before]), ...(own[name] ?? [])], time);
    if (decided !== undefined) combined[name] = decided;
  }
  const { relay, publicVpn } = combined;
  if (relay?.listed === true && publicVpn?.listed === true && !isTooOld('relay', relay.source.builtAt, time)) {
    combined.publicVpn = { source: publicVpn.source, listed: false };
  }
  return combined;
};
