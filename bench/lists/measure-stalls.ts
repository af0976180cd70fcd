import type { NetworkLists } from '../../packages/server/src/lists/network-lists.ts';
import { listBounds, readList } from '../../packages/server/src/lists/read-list.ts';
import { Random } from '../identification/population/random.ts';

const ROUNDS = 5;

/** Bytes in which a file is read, as the server does. */
const PIECE = 16 * 1024;

const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** Processor milliseconds of the longest stretch in which nothing else had a turn while the work was done. */
const longestStretch = async (work: () => Promise<unknown>): Promise<number> => {
  let [longest, last, working] = [0, processorTime(), true];
  const tick = (): void => {
    const now = processorTime();
    longest = Math.max(longest, now - last);
    last = now;
    if (working) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  await new Promise((done) => setImmediate(done));
  working = false;
  return longest;
};

/** The median of several rounds, and the worst of them: the first ones compile, and others collect garbage. */
const stallOf = async (work: () => Promise<unknown>): Promise<{ median: number; worst: number }> => {
  const stretches: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) stretches.push(await longestStretch(work));
  const sorted = stretches.sort((a, b) => a - b).map((value) => Math.round(value * 10) / 10);
  return { median: sorted[ROUNDS >> 1] ?? 0, worst: sorted.at(-1) ?? 0 };
};

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    await new Promise((done) => setImmediate(done));
    yield bytes.subarray(at, at + PIECE);
  }
}

const v4 = (random: Random): string =>
  [1 + random.below(222), 0, 0, 0].map((part) => part || random.below(256)).join('.');

const v6 = (random: Random): string => `2a02:${[0, 0, 0].map(() => random.below(65_536).toString(16)).join(':')}::/64`;

/** The largest lists that are read at all, in no order. */
const largest = (seed: number): Record<string, { format: 'networks' | 'json'; text: string }> => {
  const random = new Random(seed, 'largest');
  const lines = (rows: number, row: (random: Random) => string) => Array.from({ length: rows }, () => row(random));
  const prefixes = lines(170_000, v4).map((address) => ({ ipv4Prefix: `${address}/32`, name: 'x' }));
  return {
    '250,000 rows of IPv4': { format: 'networks', text: lines(listBounds.rows, v4).join('\n') },
    '250,000 rows of IPv6': { format: 'networks', text: lines(listBounds.rows, v6).join('\n') },
    '170,000 rows in JSON of 8 MB': { format: 'json', text: JSON.stringify({ prefixes }) },
  };
};

/** For how long reading lists holds up everything else, in processor milliseconds. */
export const measureStalls = async (
  fresh: () => NetworkLists,
  seed: number,
): Promise<Record<string, { median: number; worst: number }>> => {
  const stalls = { 'all lists of the snapshot': await stallOf(() => fresh().load()) };
  const atBounds: Record<string, { median: number; worst: number }> = {};
  for (const [name, { format, text }] of Object.entries(largest(seed))) {
    const bytes = Buffer.from(text);
    atBounds[name] = await stallOf(async () => {
      const read = await readList(pieces(bytes), { kind: 'datacenter', format, minimumRows: 1 });
      if (!read.ok) throw new Error(`${name}: ${read.problem}`);
    });
  }
  return { ...stalls, ...atBounds };
};
