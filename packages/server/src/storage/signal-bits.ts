import { type Event, type SearchFlag, type Signal, type Signals, signalNames } from '@whorl/contract';

/** What events are found by: products, findings within them, and the score. */
type Judged = SearchFlag | 'suspectScore';

/**
 * The bit of each product, and of each finding within one, in the columns `detected` and `clear`. Rows are stored by these
 * numbers: a new one takes a new number, and none is ever given away again.
 */
export const signalBits: Readonly<Record<Judged, number>> = {
  botd: 0,
  ipInfo: 1,
  incognito: 2,
  developerTools: 3,
  privacySettings: 4,
  virtualMachine: 5,
  tampering: 6,
  vpn: 7,
  proxy: 8,
  tor: 9,
  ipBlocklist: 10,
  velocity: 11,
  highActivity: 12,
  replayed: 13,
  rareDevice: 14,
  rootApps: 15,
  emulator: 16,
  clonedApp: 17,
  factoryReset: 18,
  jailbroken: 19,
  frida: 20,
  locationSpoofing: 21,
  mitmAttack: 22,
  proximity: 23,
  antiDetectBrowser: 32,
  datacenter: 33,
  emailSpam: 34,
  attackSource: 35,
  suspectScore: 36,
  simulator: 37,
};

/** The set of these bits, as a number below 2^53. */
export const maskOf = (judged: Iterable<Judged>): number => {
  let mask = 0;
  // Sums, not shifts: JavaScript shifts within 32 bits.
  for (const name of judged) mask += 2 ** signalBits[name];
  return mask;
};

/**
 * Two sets of bits. What is in neither could not be judged for lack of evidence; what is in both failed, and the event
 * does not show it.
 */
export type SignalMasks = { detected: number; clear: number };

type Finding = 'detected' | 'clear' | 'unknown' | 'failed';

const wholeFinding = ({ state, failed }: Signal<unknown>): Finding => (failed === true ? 'failed' : state);

/** What a product's data says by itself, for it is shown beside the verdict. */
const innerFinding = <T>(signal: Signal<T>, isFound: (data: T) => boolean): Finding => {
  const whole = wholeFinding(signal);
  if (whole === 'failed') return whole;
  return isFound(signal.data) ? 'detected' : whole === 'unknown' ? whole : 'clear';
};

const datacenterFinding = (ipInfo: Signals['ipInfo']): Finding => {
  const known = [ipInfo.data.v4?.datacenter, ipInfo.data.v6?.datacenter].filter((found) => found !== undefined);
  if (ipInfo.failed === true) return 'failed';
  return known.length === 0 ? 'unknown' : known.some(({ result }) => result) ? 'detected' : 'clear';
};

type Judgements = {
  signals: Partial<Signals>;
  suspectScore?: Event['suspectScore'];
  sdk?: Pick<Event['sdk'], 'platform'>;
};

/** Both APIs keep Android's emulators and Apple's simulator apart; what iOS is emulated by is none of the former. */
const emulationFindings = (
  emulator: Signals['emulator'],
  platform: Event['sdk']['platform'] | undefined,
): Pick<Partial<Record<Judged, Finding>>, 'emulator' | 'simulator'> => {
  const whole = wholeFinding(emulator);
  if (platform !== 'ios') return { emulator: whole };
  return { emulator: whole === 'detected' ? 'clear' : whole, simulator: whole };
};

/** What was found of each. What an event does not have is left out. */
const findingsOf = ({ signals, suspectScore, sdk }: Judgements): Partial<Record<Judged, Finding>> => {
  const findings: Partial<Record<Judged, Finding>> = {};
  for (const name of signalNames) {
    const signal = signals[name];
    if (signal !== undefined) findings[name] = wholeFinding(signal);
  }
  const { tampering, ipInfo, ipBlocklist, factoryReset, emulator } = signals;
  if (emulator !== undefined) Object.assign(findings, emulationFindings(emulator, sdk?.platform));
  if (tampering !== undefined) {
    findings.antiDetectBrowser = innerFinding(tampering, ({ antiDetectBrowser }) => antiDetectBrowser);
  }
  if (ipInfo !== undefined) findings.datacenter = datacenterFinding(ipInfo);
  if (ipBlocklist !== undefined) {
    findings.emailSpam = innerFinding(ipBlocklist, ({ emailSpam }) => emailSpam);
    findings.attackSource = innerFinding(ipBlocklist, ({ attackSource }) => attackSource);
  }
  // Both APIs show the time alone.
  if (factoryReset !== undefined) findings.factoryReset = innerFinding(factoryReset, ({ timestamp }) => timestamp > 0);
  if (suspectScore !== undefined) findings.suspectScore = wholeFinding(suspectScore);
  return findings;
};

/** The bits of an event by what was found. What it does not have is in neither set. */
export const signalMasks = (judgements: Judgements): SignalMasks => {
  const findings = Object.entries(findingsOf(judgements)) as [Judged, Finding][];
  const among = (...wanted: Finding[]) =>
    maskOf(findings.filter(([, finding]) => wanted.includes(finding)).map(([name]) => name));
  return { detected: among('detected', 'failed'), clear: among('clear', 'failed') };
};
