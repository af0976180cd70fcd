import type { Evidence } from '@whorl/contract';
import { evidence, isoTime } from '../evidence.ts';
import type { Facts, ListFacts, ListFinding } from '../facts.ts';

const HOUR = 3_600_000;

/** How old a list may be before it says nothing, milliseconds: tor exits and relays move within hours, the others in days. */
const oldest: Record<keyof ListFacts, number> = {
  tor: 24 * HOUR,
  relay: 7 * 24 * HOUR,
  publicVpn: 7 * 24 * HOUR,
  proxy: 2 * 24 * HOUR,
  attackSource: 2 * 24 * HOUR,
  emailSpam: 2 * 24 * HOUR,
};

/** A list that says to be newer than this was fetched while the clock was ahead: how old it is, nobody knows. */
const AHEAD = 10 * 60_000;

/** Whether a list built then (unix milliseconds) is too old at `time` to be believed, or of a time that has not come. */
export const isTooOld = (name: keyof ListFacts, builtAt: number, time: number): boolean =>
  time - builtAt > oldest[name] || builtAt - time > AHEAD;

/** What a list says of the address, or why it says nothing. */
export type ListAnswer =
  | { outcome: 'listed'; finding: ListFinding; evidence: Evidence }
  | { outcome: 'not-listed'; evidence: Evidence }
  | { outcome: 'no-answer'; evidence: Evidence };

/** Looks the address up in one of the loaded lists. `weight` is that of being listed. */
export const askList = (facts: Facts, name: keyof ListFacts, what: string, weight: number): ListAnswer => {
  const silent = (why: string): ListAnswer => ({
    outcome: 'no-answer',
    evidence: evidence(`${what}: not judged`, why, 0, 'address'),
  });
  if (!facts.network.isPublic) return silent('address is not public');
  const finding = facts.network.lists?.[name];
  if (finding === undefined) return silent('no list loaded');
  const from = `${finding.source.name}, ${isoTime(finding.source.builtAt) ?? 'undated'}`;
  if (finding.lasting !== true && isTooOld(name, finding.source.builtAt, facts.time))
    return silent(`list too old (${from})`);
  return finding.listed
    ? { outcome: 'listed', finding, evidence: evidence(`${what}: listed`, facts.network.address, weight, from) }
    : { outcome: 'not-listed', evidence: evidence(`${what}: not listed`, facts.network.address, -weight, from) };
};
