import { type Signals, signalNames } from '@whorl/contract';

/**
 * The bit of each signal in the columns `detected` and `clear`. Rows are stored by these numbers: a new signal takes a
 * new one, and none is ever given away again.
 */
export const signalBits: Readonly<Record<keyof Signals, number>> = {
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
};

/** Findings within a signal that events are searched by, in the same columns. */
export const findingBits = { antiDetectBrowser: 32, datacenter: 33, emailSpam: 34, attackSource: 35 } as const;

/** Two sets of bits, as numbers below 2^53. A bit that is in neither set stands for a signal that could not be judged. */
export type SignalMasks = { detected: number; clear: number };

/** What was found and what was found absent. Signals that are left out are in neither set. */
export const signalMasks = (signals: Partial<Signals>): SignalMasks => {
  const masks: SignalMasks = { detected: 0, clear: 0 };
  // Sums, not shifts: JavaScript shifts within 32 bits.
  const mark = (bit: number, found: boolean) => {
    masks[found ? 'detected' : 'clear'] += 2 ** bit;
  };
  for (const name of signalNames) {
    const state = signals[name]?.state ?? 'unknown';
    if (state !== 'unknown') mark(signalBits[name], state === 'detected');
  }
  const { tampering, ipInfo, ipBlocklist } = signals;
  if (tampering !== undefined && tampering.state !== 'unknown')
    mark(findingBits.antiDetectBrowser, tampering.data.antiDetectBrowser);
  const datacenters = [ipInfo?.data.v4?.datacenter, ipInfo?.data.v6?.datacenter].filter((found) => found !== undefined);
  if (datacenters.length > 0)
    mark(
      findingBits.datacenter,
      datacenters.some(({ result }) => result),
    );
  if (ipBlocklist !== undefined && ipBlocklist.state !== 'unknown') {
    mark(findingBits.emailSpam, ipBlocklist.data.emailSpam);
    mark(findingBits.attackSource, ipBlocklist.data.attackSource);
  }
  return masks;
};
