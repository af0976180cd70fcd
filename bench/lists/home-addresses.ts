import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Random } from '../identification/population/random.ts';
import { homeNetworks } from './home-networks.ts';

type Range = { start: number; size: number };

const LINE = /^(\d+),(\d+),(\d+),(.*)$/;

const rangesOf = async (): Promise<Map<number, { name: string; ranges: Range[] }>> => {
  const file = createRequire(import.meta.url).resolve('@ip-location-db/asn/asn-ipv4-num.csv');
  const wanted = new Map(homeNetworks.map(([asn]) => [asn, { name: '', ranges: [] as Range[] }]));
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [, start, end, asn, name = ''] = LINE.exec(line) ?? [];
    const network = wanted.get(Number(asn));
    if (network === undefined) continue;
    network.name = name;
    network.ranges.push({ start: Number(start), size: Number(end) - Number(start) + 1 });
  }
  return wanted;
};

const textOf = (address: number): string =>
  [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join('.');

/** An address of the ranges, each as likely as any other. */
const drawn = (ranges: readonly Range[], total: number, random: Random): string => {
  let place = random.below(total);
  for (const { start, size } of ranges) {
    if (place < size) return textOf(start + place);
    place -= size;
  }
  throw new Error('unreachable: the place lies within the total');
};

export type HomeDraw = { asn: number; name: string; country: string; addresses: string[] };

/** IPv4 addresses drawn at random from each network of the table, the same for the same seed. */
export const homeAddresses = async (each: number, seed: number): Promise<HomeDraw[]> => {
  const known = await rangesOf();
  return homeNetworks.map(([asn, part, country]) => {
    const network = known.get(asn);
    if (network === undefined || !network.name.includes(part)) {
      throw new Error(`AS${asn} is ${JSON.stringify(network?.name)} in the installed data, and not ${part}`);
    }
    const total = network.ranges.reduce((sum, { size }) => sum + size, 0);
    const random = new Random(seed, `AS${asn}`);
    return {
      asn,
      name: network.name.replaceAll('"', ''),
      country,
      addresses: Array.from({ length: each }, () => drawn(network.ranges, total, random)),
    };
  });
};
