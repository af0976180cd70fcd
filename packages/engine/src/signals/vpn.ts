import type { ConfidenceLevel, Evidence } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import { askList } from '../network/address-lists.ts';
import { resistanceFacts, resistsFingerprinting } from '../network/protections.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/** Numbers for the three levels that the product knows. */
const certainty: Record<ConfidenceLevel, number> = { high: 0.95, medium: 0.7, low: 0.4 };

/** Whether the browser's clock fits the country; null when that cannot be asked. */
type ClockAnswer = { mismatch: boolean | null; evidence: Evidence };

const askClock = (facts: Facts): ClockAnswer => {
  const silent = (why: string): ClockAnswer => ({
    mismatch: null,
    evidence: evidence('browser’s clock against the country: not judged', why, 0, 'address'),
  });
  const { countryOffsets } = facts.network;
  const offset = sourceValue(facts, 'timezoneOffset')?.now;
  if (countryOffsets === null || countryOffsets.length === 0) return silent('country of the address is not known');
  if (offset === undefined) return silent('browser’s clock was not read');
  if (resistsFingerprinting(resistanceFacts(facts))) return silent('browser hides its timezone');
  // `getTimezoneOffset` counts westwards.
  const east = offset === 0 ? 0 : -offset;
  const mismatch = !countryOffsets.includes(east);
  return {
    mismatch,
    evidence: evidence(
      mismatch ? 'browser’s clock fits no zone of the country' : 'browser’s clock fits a zone of the country',
      { browser: east, country: countryOffsets },
      mismatch ? 0.4 : -0.2,
      'address',
    ),
  };
};

const isDatacenter = ({ network }: Facts): boolean =>
  network.ipInfo.v4?.datacenter?.result === true || network.ipInfo.v6?.datacenter?.result === true;

/**
 * Whether the visitor comes through a VPN or relay, by three methods: a relay's published ranges, VPN ranges, and a
 * browser clock that fits no zone of the address's country. High confidence by list, medium when the clock is wrong on a
 * datacenter's address, low for the clock alone. A fitting clock cannot clear a VPN in the visitor's own country: without
 * lists the answer is then unknown. Neither the origin's country nor the system's network signature is known here.
 */
export const judgeVpn: SignalJudge<'vpn'> = (facts) => {
  const relay = askList(facts, 'relay', 'relay', 0.95);
  const publicVpn = askList(facts, 'publicVpn', 'public VPN', 0.95);
  const clock = askClock(facts);
  const datacenter = isDatacenter(facts);
  const methods = {
    timezoneMismatch: clock.mismatch === true,
    publicVPN: publicVpn.outcome === 'listed',
    auxiliaryMobile: false,
    osMismatch: false,
    relay: relay.outcome === 'listed',
  };
  const listed = methods.relay || methods.publicVPN;
  const listsAnswer = relay.outcome !== 'no-answer' && publicVpn.outcome !== 'no-answer';
  const level: ConfidenceLevel =
    listed || (listsAnswer && !methods.timezoneMismatch) ? 'high' : datacenter ? 'medium' : 'low';
  const data = {
    confidence: level,
    originTimezone: sourceValue(facts, 'timezone') ?? '',
    originCountry: 'unknown',
    methods,
  };
  const found = [relay.evidence, publicVpn.evidence, clock.evidence];
  if (datacenter) found.push(evidence('address belongs to a datacenter', true, 0.3, 'address'));
  if (listed || methods.timezoneMismatch) return detected(data, certainty[level], found);
  return listsAnswer
    ? clear(data, clock.mismatch === null ? 0.7 : 0.9, found)
    : unknown({ ...data, confidence: 'low' }, found);
};
