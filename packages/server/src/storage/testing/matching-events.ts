import { BlockList } from 'node:net';
import type { Event, EventFilter, EventSearch, SearchFlag, Signal } from '@whorl/contract';

/** The meaning of a search, said once more as plainly as can be, to compare stores with. */

type State = 'detected' | 'clear' | 'unknown' | 'failed';

const stateOf = ({ signals, sdk }: Event, flag: SearchFlag): State => {
  const of = ({ failed, state }: Signal<unknown>): State => (failed ? 'failed' : state);
  /** What the data of a signal tells, judged or not. */
  const within = (signal: Signal<unknown>, found: boolean): State => {
    if (signal.failed) return 'failed';
    if (found) return 'detected';
    return signal.state === 'unknown' ? 'unknown' : 'clear';
  };
  const { tampering, ipInfo, ipBlocklist, factoryReset } = signals;
  switch (flag) {
    case 'antiDetectBrowser':
      return within(tampering, tampering.data.antiDetectBrowser);
    case 'emailSpam':
    case 'attackSource':
      return within(ipBlocklist, ipBlocklist.data[flag]);
    case 'factoryReset':
      return within(factoryReset, factoryReset.data.timestamp > 0);
    case 'datacenter': {
      const known = [ipInfo.data.v4, ipInfo.data.v6].flatMap((info) => info?.datacenter ?? []);
      if (ipInfo.failed) return 'failed';
      if (known.length === 0) return 'unknown';
      return known.some(({ result }) => result) ? 'detected' : 'clear';
    }
    case 'emulator': {
      const emulated = of(signals.emulator);
      return sdk.platform === 'ios' && emulated === 'detected' ? 'clear' : emulated;
    }
    case 'simulator':
      return sdk.platform === 'ios' ? of(signals.emulator) : 'unknown';
    default:
      return of(signals[flag]);
  }
};

const isIn = (cidr: string, ip: string): boolean => {
  const [network = '', prefix = ''] = cidr.split('/');
  const family = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4');
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family(network));
  return family(network) === family(ip) && list.check(ip, family(ip));
};

const passes = (event: Event, filter: EventFilter): boolean => {
  const { signals, suspectScore, identity, sdk } = event;
  const { info } = signals.botd.data;
  const address = signals.ipInfo.data.v4 ?? signals.ipInfo.data.v6;
  const rare = signals.rareDevice.state === 'unknown' ? undefined : signals.rareDevice.data.percentileBucket;
  const isOrFree = <T>(wanted: T | undefined, is: T | undefined) => wanted === undefined || wanted === is;
  const isAmong = <T>(wanted: readonly T[] | undefined, is: T | undefined) =>
    wanted === undefined || (is !== undefined && wanted.includes(is));
  /** What is asked of a product that failed is not there to be found. */
  const isThere = (wanted: unknown, { failed }: Signal<unknown>) => wanted === undefined || failed !== true;
  return (
    isAmong(filter.environmentIds, event.environmentId) &&
    isOrFree(filter.visitorId, identity.visitorId) &&
    isOrFree(filter.linkedId, event.linkedId) &&
    (filter.network === undefined || isIn(filter.network, event.ip)) &&
    isOrFree(filter.asn, address?.asn?.asn) &&
    isOrFree(filter.url, event.url) &&
    isOrFree(filter.origin, event.origin) &&
    isThere(filter.bot ?? filter.hasBotInfo, signals.botd) &&
    isAmong(filter.bot, signals.botd.data.result) &&
    isOrFree(filter.hasBotInfo, info !== undefined) &&
    isAmong(filter.botInfo?.category, info?.category) &&
    isAmong(filter.botInfo?.provider, info?.provider) &&
    isAmong(filter.botInfo?.name, info?.name) &&
    isAmong(filter.botInfo?.identity, info?.identity) &&
    isAmong(filter.botInfo?.confidence, info?.confidence) &&
    isThere(filter.vpnConfidence, signals.vpn) &&
    isOrFree(filter.vpnConfidence, signals.vpn.data.confidence) &&
    isOrFree(filter.suspect, event.suspect) &&
    isThere(filter.minSuspectScore, suspectScore) &&
    (filter.minSuspectScore === undefined || suspectScore.data.result >= filter.minSuspectScore) &&
    isOrFree<string>(filter.rareDeviceBucket, rare) &&
    isOrFree(filter.proximityId, signals.proximity.data.id) &&
    isOrFree(filter.proximityPrecisionRadius, signals.proximity.data.precisionRadius) &&
    isAmong(filter.sdkPlatforms, sdk.platform) &&
    isOrFree(filter.sdkVersion, sdk.version) &&
    Object.entries(filter.flags ?? {}).every(([flag, test]) => {
      const state = stateOf(event, flag as SearchFlag);
      return test === 'notDetected' ? state === 'clear' || state === 'unknown' : state === test;
    })
  );
};

/** All events of all pages, in order. */
export const matchingEvents = (events: readonly Event[], search: EventSearch): Event[] => {
  const { workspaceId, filter, after, before, order } = search;
  const found = events
    .filter((event) => event.workspaceId === workspaceId && event.time > after && event.time < before)
    .filter((event) => passes(event, filter))
    // Ids begin with their time.
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return order === 'oldest-first' ? found : found.reverse();
};
