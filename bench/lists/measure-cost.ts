import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { NetworkLists } from '../../packages/server/src/lists/network-lists.ts';
import { type Address, readAddress } from '../../packages/server/src/lookup/address.ts';
import { Random } from '../identification/population/random.ts';

const LOOKUPS = 200_000;
const ROUNDS = 7;

/** Milliseconds in which memory that nothing refers to any more is given back, after each collection. */
const SETTLE = 100;

const bytesInUse = async (): Promise<number> => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 4; round += 1) {
    collect();
    await sleep(SETTLE);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Milliseconds that this process has had a processor: other work on the machine does not count. */
const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Processor milliseconds and bytes that reading all lists from the disk takes, as at a server's start. */
export const measureLoad = async (
  fresh: () => NetworkLists,
): Promise<{ milliseconds: number; megabytes: number; lists: NetworkLists }> => {
  // Once before, so that what is made for the first reading alone is not counted.
  await fresh().load();
  const before = await bytesInUse();
  const lists = fresh();
  await lists.load();
  const bytes = (await bytesInUse()) - before;
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = processorTime();
    await fresh().load();
    times.push(processorTime() - start);
  }
  return { milliseconds: Math.round(median(times)), megabytes: Math.round(bytes / 1e5) / 10, lists };
};

const publicAddresses = (seed: number): Address[] => {
  const random = new Random(seed, 'lookups');
  const addresses: Address[] = [];
  while (addresses.length < LOOKUPS) {
    const text = [random.below(224), random.below(256), random.below(256), random.below(256)].join('.');
    const address = readAddress(text);
    if (address?.isPublic === true) addresses.push(address);
  }
  return addresses;
};

/** The least that a lookup can be: one binary search over the starts of one list's networks. */
const plainSearch = (starts: Uint32Array, ends: Uint32Array, address: number): boolean => {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  return low > 0 && address <= (ends[low - 1] ?? 0);
};

const plainList = (text: string): { starts: Uint32Array; ends: Uint32Array } => {
  const networks = text
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => {
      const [address = '', length = '32'] = line.trim().split('/');
      const start = readAddress(address)?.words[0] ?? 0;
      return { start, end: start + 2 ** (32 - Number(length)) - 1 };
    })
    .sort((a, b) => a.start - b.start);
  return {
    starts: Uint32Array.from(networks, ({ start }) => start),
    ends: Uint32Array.from(networks, ({ end }) => end),
  };
};

/** Processor microseconds an address, the median of several rounds. */
const microsecondsOf = (work: (address: Address) => boolean, addresses: readonly Address[]): number => {
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = processorTime();
    for (const address of addresses) if (work(address)) found += 1;
    times.push(((processorTime() - start) * 1_000) / addresses.length);
  }
  // Used, so that no compiler can leave the work out.
  if (found < 0) throw new Error('unreachable');
  return median(times);
};

/** Processor microseconds to ask all lists about an address, and to search one list plainly, for the same random IPv4 addresses. */
export const measureLookups = (
  lists: NetworkLists,
  oneList: string,
  seed: number,
): { microseconds: number; baselineMicroseconds: number; ratio: number } => {
  const addresses = publicAddresses(seed);
  const { starts, ends } = plainList(oneList);
  const baseline = microsecondsOf(({ words }) => plainSearch(starts, ends, words[0] ?? 0), addresses);
  const time = Date.now();
  const all = microsecondsOf((address) => {
    const found = lists.find(address, 64_496, time);
    return found.publicVpn?.listed === true || lists.datacenterOf(address, 64_496) !== undefined;
  }, addresses);
  const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
  return {
    microseconds: rounded(all),
    baselineMicroseconds: rounded(baseline),
    ratio: Math.round((10 * all) / baseline) / 10,
  };
};
