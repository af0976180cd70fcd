import type { ListFormat } from '../../packages/server/src/lists/list-formats.ts';
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

/** Processor milliseconds of the longest stretch in which nothing else had a turn while the work was done, and of all of it. */
const longestStretch = async (work: () => Promise<unknown>): Promise<{ longest: number; total: number }> => {
  const began = processorTime();
  let [longest, last, working] = [0, began, true];
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
  return { longest, total: processorTime() - began };
};

/** The longest stretch, median of several rounds and worst of them (the first ones compile, and others collect garbage); the median of the whole work. */
type Stall = { median: number; worst: number; total: number };

const stallOf = async (work: () => Promise<unknown>): Promise<Stall> => {
  const rounds: { longest: number; total: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await longestStretch(work));
  const sorted = (measure: 'longest' | 'total') =>
    rounds.map((round) => Math.round(round[measure] * 10) / 10).sort((a, b) => a - b);
  const [longest, total] = [sorted('longest'), sorted('total')];
  return { median: longest[ROUNDS >> 1] ?? 0, worst: longest.at(-1) ?? 0, total: total[ROUNDS >> 1] ?? 0 };
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

type Text = { format: ListFormat; text: string };

/** The largest lists that are read at all, in no order. */
const largest = (seed: number): Record<string, Text> => {
  const random = new Random(seed, 'largest');
  const lines = (rows: number, row: (random: Random) => string) => Array.from({ length: rows }, () => row(random));
  const prefixes = lines(170_000, v4).map((address) => ({ ipv4Prefix: `${address}/32`, name: 'x' }));
  return {
    '250,000 rows of IPv4': { format: 'networks', text: lines(listBounds.rows, v4).join('\n') },
    '250,000 rows of IPv6': { format: 'networks', text: lines(listBounds.rows, v6).join('\n') },
    '170,000 rows in JSON of 8 MB': { format: 'json', text: JSON.stringify({ prefixes }) },
  };
};

/** Texts as large as may be that are no lists, and made so that a careless reader would look at them again and again. */
const hostile = (): Record<string, Text> => {
  const fill = (unit: string, around = 16): string =>
    unit.repeat(Math.floor((listBounds.bytes - around) / unit.length));
  const backslashes = String.raw`\\`.repeat(2_000);
  return {
    'JSON of white space': { format: 'json', text: `[${fill(' ')}` },
    'JSON of one text of backslashes': { format: 'json', text: `["${fill(String.raw`\\`)}"]` },
    'JSON of texts of backslashes, each in two pieces': { format: 'json', text: `[${fill(`"${backslashes}",`)}1]` },
    'JSON of empty arrays': { format: 'json', text: `[${fill('[],')}[]]` },
    'JSON of open arrays': { format: 'json', text: fill('[') },
    'proxies with thousands of commas': { format: 'proxies', text: fill(`192.0.2.1${','.repeat(4_000)}x y\n`) },
  };
};

/**
 * For how long reading lists holds up everything else, and for how long it takes a processor altogether, in processor
 * milliseconds.
 */
export const measureStalls = async (fresh: () => NetworkLists, seed: number): Promise<Record<string, Stall>> => {
  const stalls: Record<string, Stall> = { 'all lists of the snapshot': await stallOf(() => fresh().load()) };
  const read = async ({ format, text }: Text, isList: boolean): Promise<Stall> => {
    const bytes = Buffer.from(text);
    return stallOf(async () => {
      const reading = await readList(pieces(bytes), { kind: 'datacenter', format, minimumRows: 1 });
      if (reading.ok !== isList) throw new Error(reading.ok ? 'this was no list' : reading.problem);
    });
  };
  for (const [name, each] of Object.entries(largest(seed))) stalls[name] = await read(each, true);
  for (const [name, each] of Object.entries(hostile())) stalls[name] = await read(each, false);
  return stalls;
};
