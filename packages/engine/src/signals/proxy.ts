import { isoTime } from '../evidence.ts';
import type { Facts } from '../facts.ts';
import { askList } from '../network/address-lists.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

const HOUR = 3_600_000;

/** An open proxy seen within this time is most likely still one. */
const RECENT = 24 * HOUR;

/**
 * No open list tells a home from a company, so an address outside datacenters is `unknown`; only what an operator's own
 * database calls a home's proxy is `residential`.
 */
const proxyTypeOf = ({ network }: Facts, residential: boolean): 'residential' | 'data_center' | 'unknown' =>
  residential
    ? 'residential'
    : network.ipInfo.v4?.datacenter?.result === true || network.ipInfo.v6?.datacenter?.result === true
      ? 'data_center'
      : 'unknown';

/** Whether the address is a listed open proxy, seen lately. Unknown without a fresh list. */
export const judgeProxy: SignalJudge<'proxy'> = (facts) => {
  const answer = askList(facts, 'proxy', 'open proxy', 0.85);
  if (answer.outcome === 'no-answer') return unknown({ confidence: 'low' }, [answer.evidence]);
  // No list holds every proxy, residential ones least of all.
  if (answer.outcome === 'not-listed') return clear({ confidence: 'low' }, 0.5, [answer.evidence]);
  const { seenAt, residential = false } = answer.finding;
  const recent = seenAt !== undefined && facts.time - seenAt <= RECENT;
  const lastSeenAt = seenAt === undefined ? undefined : isoTime(seenAt);
  const details = { proxyType: proxyTypeOf(facts, residential), ...(lastSeenAt === undefined ? {} : { lastSeenAt }) };
  return detected({ confidence: recent ? 'high' : 'medium', details }, recent ? 0.9 : 0.7, [answer.evidence]);
};
