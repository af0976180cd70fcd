import type { Evidence, MobileSection } from '@whorl/contract';
import { anyOf } from '../evidence.ts';
import { ENOUGH, ran, reported, sectionVerdict } from './mobile-signal.ts';
import type { SignalFacts, SignalJudge } from './signal-judge.ts';

type Net = MobileSection<'net'>;

const pinFacts = ({ pin }: Net): Evidence[] => {
  if (pin !== 'match' && pin !== 'mismatch') return [];
  return [reported('what pinning says of the connection', pin, pin === 'mismatch' ? 0.8 : -0.3)];
};

/** RFC 7469, 2.6: a chain fits where one of its keys at least is pinned. */
const keyFacts = ({ observedKeys = [], pinnedKeys = [] }: Net): Evidence[] => {
  if (observedKeys.length === 0 || pinnedKeys.length === 0) return [];
  const pinned = new Set(pinnedKeys);
  return observedKeys.some((key) => pinned.has(key))
    ? [reported('connection is made with a key that the app expects', true, -0.3)]
    : [reported('connection is made with keys that the app does not know', observedKeys.slice(0, 4), 0.85)];
};

/**
 * A report that departs from its signature was changed on the way, or its app was built with another key. One that lacks a
 * required signature lost it on the way, or comes from an app that was built before. The one cannot be told from the other,
 * so it weighs less, and is not enough beside what employers do to their phones.
 */
const signatureFacts = ({ reportSignature }: SignalFacts): Evidence[] => {
  if (reportSignature === 'wrong') return [reported('report departs from its signature', reportSignature, 0.5)];
  return reportSignature === 'missing'
    ? [reported('report lacks the signature that its public key requires', reportSignature, 0.4)]
    : [];
};

/**
 * Whether someone reads the app's traffic on the way: pinning failed, or the keys that were presented are not those
 * that the app expects. A report that departs from its signature, or lacks a required one, supports that. A proxy and authorities of the user's own are how it is done, but employers and developers have
 * them too, so they only support. Whoever reads the traffic can also change the report, so what is clear is hardly
 * believed. Android and iOS.
 */
export const judgeMitmAttack: SignalJudge<'mitmAttack'> = sectionVerdict(['android', 'ios'], 'net', (net, facts) => {
  const found = [...pinFacts(net), ...keyFacts(net)];
  const wasChecked = ran(...found);
  found.push(...signatureFacts(facts));
  if (!ran(...found)) return undefined;
  if (net.userAuthorities === true) found.push(reported('user has installed certificate authorities', true, 0.2));
  if (net.proxy === true) found.push(reported('a proxy is set', true, 0.1));
  // A signature says nothing of who has read along: without a check of the connection there is no all-clear.
  return wasChecked || anyOf(found) >= ENOUGH ? { found } : undefined;
});
