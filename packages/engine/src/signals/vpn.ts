import type { ConfidenceLevel, Evidence } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import { type Facts, sectionValue, sourceValue } from '../facts.ts';
import { askList } from '../network/address-lists.ts';
import { type ClaimedClient, claimedClient } from '../network/claimed-client.ts';
import { resistanceFacts, resistsFingerprinting } from '../network/protections.ts';
import type { TcpSystem } from '../network/tcp-system.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/** Numbers for the three levels that the product knows. */
const certainty: Record<ConfidenceLevel, number> = { high: 0.95, medium: 0.7, low: 0.4 };

/** Names of a zone that nobody lives in: what servers and new machines are set to, and what careful people set. */
const NOWHERE = /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal|Greenwich)$/;

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
  if (NOWHERE.test(sourceValue(facts, 'timezone') ?? '')) return silent('browser’s clock is set to UTC');
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

/** Whether an app's client says that the device sends through a VPN; null where none does. */
const askDevice = (facts: Facts): boolean | null =>
  facts.platform === 'js' ? null : (sectionValue(facts, 'net')?.vpn ?? null);

/** Which TCP each system has. Systems of other names are not judged. */
const tcpOf: Partial<Record<ClaimedClient['os'], TcpSystem>> = {
  Windows: 'Windows',
  Mac: 'Apple',
  iOS: 'Apple',
  Linux: 'Linux',
  Android: 'Linux',
  'Chrome OS': 'Linux',
};

/** Whether the connection was made by another system than the browser runs on; null where that cannot be asked. */
const askTcp = (facts: Facts): { mismatch: boolean; evidence: Evidence } | null => {
  const { tcpSystem } = facts;
  if (tcpSystem === undefined) return null;
  // Tor Browser and older resistFingerprinting name Windows in one of the two: a system that either names fits.
  const claims = [facts.headers['user-agent'], sourceValue(facts, 'userAgent')]
    .filter((userAgent) => userAgent !== undefined)
    .map((userAgent) => tcpOf[claimedClient(userAgent).os]);
  const named = claims.filter((system) => system !== undefined);
  if (named.length === 0 || named.length < claims.length) return null;
  const mismatch = !named.includes(tcpSystem);
  const fact = mismatch
    ? 'connection was made by another system than the browser’s'
    : 'connection was made by the browser’s system';
  return {
    mismatch,
    evidence: evidence(fact, { connection: tcpSystem, browser: [...new Set(named)] }, mismatch ? 0.4 : -0.1, 'tcp'),
  };
};

/**
 * Whether the visitor comes through a VPN or relay, by five methods: a relay's published ranges, VPN ranges, a browser
 * clock that fits no zone of the address's country, an app's device that says so, and a TCP handshake of another system.
 * High confidence by list, medium when one of the rest says so on a datacenter's address, low for either alone. A
 * fitting clock cannot clear a VPN in the visitor's own country: without lists the answer is then unknown. The origin's country is not known here.
 */
export const judgeVpn: SignalJudge<'vpn'> = (facts) => {
  const relay = askList(facts, 'relay', 'relay', 0.95);
  const publicVpn = askList(facts, 'publicVpn', 'public VPN', 0.95);
  const clock = askClock(facts);
  const datacenter = isDatacenter(facts);
  const device = askDevice(facts);
  const tcp = askTcp(facts);
  const methods = {
    timezoneMismatch: clock.mismatch === true,
    publicVPN: publicVpn.outcome === 'listed',
    auxiliaryMobile: device === true,
    osMismatch: tcp?.mismatch === true,
    relay: relay.outcome === 'listed',
  };
  const listed = methods.relay || methods.publicVPN;
  const hinted = methods.timezoneMismatch || methods.auxiliaryMobile || methods.osMismatch;
  const listsAnswer = relay.outcome !== 'no-answer' && publicVpn.outcome !== 'no-answer';
  const level: ConfidenceLevel = listed || (listsAnswer && !hinted) ? 'high' : datacenter ? 'medium' : 'low';
  const data = {
    confidence: level,
    originTimezone: sourceValue(facts, 'timezone') ?? '',
    originCountry: 'unknown',
    methods,
  };
  const found = [relay.evidence, publicVpn.evidence, clock.evidence];
  if (datacenter) found.push(evidence('address belongs to a datacenter', true, 0.3, 'address'));
  if (device !== null) {
    found.push(evidence('app’s device sends through a VPN, which can be forged', device, device ? 0.4 : -0.1, 'app'));
  }
  if (tcp !== null) found.push(tcp.evidence);
  if (listed || hinted) return detected(data, certainty[level], found);
  return listsAnswer
    ? clear(data, clock.mismatch === null ? 0.7 : 0.9, found)
    : unknown({ ...data, confidence: 'low' }, found);
};
