import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import ipaddr from 'ipaddr.js';
import { Random } from '../identification/population/random.ts';
import { homeNetworks } from './home-networks.ts';

type Range = { start: bigint; size: bigint };

const LINE = /^(\d+),(\d+),(\d+),(.*)$/;

const rangesOf = async (family: 4 | 6): Promise<Map<number, { name: string; ranges: Range[] }>> => {
  const file = createRequire(import.meta.url).resolve(`@ip-location-db/asn/asn-ipv${family}-num.csv`);
  const wanted = new Map(homeNetworks.map(([asn]) => [asn, { name: '', ranges: [] as Range[] }]));
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [, start = '', end = '', asn, name = ''] = LINE.exec(line) ?? [];
    const network = wanted.get(Number(asn));
    if (network === undefined) continue;
    network.name = name;
    network.ranges.push({ start: BigInt(start), size: BigInt(end) - BigInt(start) + 1n });
  }
  return wanted;
};

const textOf = (address: bigint, family: 4 | 6): string => {
  const bytes = Array.from({ length: family === 4 ? 4 : 16 }, (_, index) =>
    Number((address >> BigInt(8 * index)) & 255n),
  );
  return ipaddr.fromByteArray(bytes.reverse()).toString();
};

/** A whole number below `limit`; that the last of 160 bits are not quite alike does not matter. */
const bigBelow = (limit: bigint, random: Random): bigint => {
  let drawn = 0n;
  for (let word = 0; word < 5; word += 1) drawn = (drawn << 32n) | BigInt(random.below(2 ** 32));
  return drawn % limit;
};

/** An address of the ranges, each as likely as any other. */
const drawn = (ranges: readonly Range[], total: bigint, random: Random): bigint => {
  let place = bigBelow(total, random);
  for (const { start, size } of ranges) {
    if (place < size) return start + place;
    place -= size;
  }
  throw new Error('unreachable: the place lies within the total');
};

export type HomeDraw = { asn: number; name: string; country: string; addresses: string[] };

/**
 * Addresses drawn at random from each network of the table, the same for the same seed. Networks without any of the family are left
 * out, for not every provider announces IPv6 under this number.
 */
export const homeAddresses = async (each: number, seed: number, family: 4 | 6): Promise<HomeDraw[]> => {
  const known = await rangesOf(family);
  return homeNetworks.flatMap(([asn, part, country]) => {
    const network = known.get(asn);
    if (family === 6 && network?.ranges.length === 0) return [];
    if (network === undefined || !network.name.includes(part)) {
      throw new Error(`AS${asn} is ${JSON.stringify(network?.name)} in the installed data, and not ${part}`);
    }
    const total = network.ranges.reduce((sum, { size }) => sum + size, 0n);
    const random = new Random(seed, `AS${asn} IPv${family}`);
    const addresses = Array.from({ length: each }, () => textOf(drawn(network.ranges, total, random), family));
    return [{ asn, name: network.name.replaceAll('"', ''), country, addresses }];
  });
};
