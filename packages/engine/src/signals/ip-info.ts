import { evidence, isoTime, share } from '../evidence.ts';
import { detected, type SignalJudge, unknown } from './signal-judge.ts';

const YEAR = 365 * 24 * 3_600_000;

/** Data on addresses loses worth with age, as blocks change hands: a tenth a year, a choice and not a measurement. */
const freshness = (time: number, builtAt: number): number =>
  Math.max(0.5, 1 - Math.max(0, time - builtAt) / (10 * YEAR));

/**
 * What is known of the address. The lookup has already read the data sets; this says how far to trust them. Unknown,
 * with the bare address, where nothing can be looked up or nothing was found. Confidence falls with the data's age.
 */
export const judgeIpInfo: SignalJudge<'ipInfo'> = ({ time, network }) => {
  const { ipInfo, isPublic, sources } = network;
  if (!isPublic) {
    return unknown(ipInfo, [
      evidence('address is not public, nothing can be known of it', network.address, 0, 'address'),
    ]);
  }
  const consulted = sources.map(({ name, builtAt, credit }) =>
    evidence(
      'data set consulted',
      { name, builtAt: isoTime(builtAt) ?? null, ...(credit === undefined ? {} : { credit }) },
      0,
      name,
    ),
  );
  const parts = [ipInfo.v4, ipInfo.v6].flatMap((address) => [
    ...Object.keys(address?.geolocation ?? {}),
    ...(address?.asn === undefined ? [] : ['asn']),
    ...(address?.datacenter === undefined ? [] : ['datacenter']),
  ]);
  if (parts.length === 0) {
    const why = sources.length === 0 ? 'no data set is loaded' : 'no data set knows the address';
    return unknown(ipInfo, [evidence(why, network.address, 0, 'address'), ...consulted]);
  }
  const trust = sources.map(({ builtAt }) => freshness(time, builtAt));
  return detected(ipInfo, share(trust.length === 0 ? 0.5 : Math.min(...trust)), [
    evidence('known of the address', parts, 1, 'address'),
    ...consulted,
  ]);
};
