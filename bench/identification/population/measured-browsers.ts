import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { type Pool, poolOf } from './weighted.ts';

/** Offsets in a local file header of a ZIP archive (APPNOTE 4.3.7). */
const NAME_LENGTH_AT = 26;
const EXTRA_LENGTH_AT = 28;
const HEADER_LENGTH = 30;

/** The first file of a ZIP archive, inflated. The archive's own reader is a dependency's dependency; this is all we need of it. */
const firstFile = (archive: Buffer): string => {
  const start = HEADER_LENGTH + archive.readUInt16LE(NAME_LENGTH_AT) + archive.readUInt16LE(EXTRA_LENGTH_AT);
  return inflateRawSync(archive.subarray(start)).toString('utf8');
};

type Shares = { [value: string]: number };
type NetworkNode = { name: string; conditionalProbabilities: Shares | { deeper: { [userAgent: string]: Shares } } };

/** Real browsers' values under a user agent as `fingerprint-generator` (Apache-2.0) published them. */
type Network = { agents: Shares; given: (name: string, userAgent: string) => Shares };

const readNetwork = (): Network => {
  const entry = createRequire(import.meta.url).resolve('fingerprint-generator');
  const archive = readFileSync(join(dirname(entry), 'data_files', 'fingerprint-network-definition.zip'));
  const { nodes } = JSON.parse(firstFile(archive)) as { nodes: NetworkNode[] };
  const shares = new Map(nodes.map(({ name, conditionalProbabilities }) => [name, conditionalProbabilities]));
  return {
    agents: shares.get('userAgent') as Shares,
    given: (name, userAgent) => {
      const table = shares.get(name) as { deeper: { [userAgent: string]: Shares } };
      return table.deeper[userAgent] ?? {};
    },
  };
};

let network: Network | undefined;

const STRINGIFIED = '*STRINGIFIED*';

/** A node's value as it was before packing; undefined where the browser had none. */
const unpack = (value: string): unknown => {
  if (value === '*MISSING_VALUE*') return undefined;
  return value.startsWith(STRINGIFIED) ? JSON.parse(value.slice(STRINGIFIED.length)) : value;
};

/**
 * The values of one attribute among real browsers whose user agent passes, with their shares. What `read` gives
 * undefined for is left out. Throws where nothing is left: the data set would have changed its form.
 */
export const measured = <T>(
  name: string,
  passes: (userAgent: string) => boolean,
  read: (value: unknown) => T | undefined,
): Pool<T> => {
  network ??= readNetwork();
  const entries: [T, number][] = [];
  for (const [userAgent, share] of Object.entries(network.agents)) {
    if (!passes(userAgent)) continue;
    for (const [packed, portion] of Object.entries(network.given(name, userAgent))) {
      const value = read(unpack(packed));
      if (value !== undefined) entries.push([value, share * portion]);
    }
  }
  return poolOf(entries, (value) => JSON.stringify(value));
};
