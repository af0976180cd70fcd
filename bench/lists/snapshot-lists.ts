import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { builtInLists } from '../../packages/server/src/lists/built-in-lists.ts';
import type { ListSource } from '../../packages/server/src/lists/list-source.ts';
import { NetworkLists } from '../../packages/server/src/lists/network-lists.ts';
import { startUpstream } from '../../packages/server/src/lists/testing/start-upstream.ts';

/** The file of a snapshot that holds a list, by the list's name; those that are missing are in no snapshot. */
const files: Readonly<Record<string, string>> = {
  'tor-exits': 'tor-exits.csv',
  'apple-relay-ipv4': 'ipranges-apple-proxy-ipv4.txt',
  'apple-relay-ipv6': 'ipranges-apple-proxy-ipv6.txt',
  'x4bnet-vpn-ipv4': 'x4bnet-vpn-ipv4.txt',
  'x4bnet-vpn-asns': 'x4bnet-vpn-asn.txt',
  'x4bnet-datacenter-ipv4': 'x4bnet-datacenter-ipv4.txt',
  'x4bnet-datacenter-ipv6': 'x4bnet-datacenter-ipv6.txt',
  'x4bnet-datacenter-asns': 'x4bnet-datacenter-asn.txt',
  'ipcat-datacenters': 'ipcat-datacenters.csv',
  'iplocate-open-proxies': 'open-proxies.txt',
  'ipsum-level-3': 'ipsum-level3.txt',
  ...Object.fromEntries(
    ['amazon-4', 'amazon-6', 'google-4', 'google-6', 'cloudflare-4', 'cloudflare-6', 'linode-4', 'linode-6']
      .concat(['vultr-4', 'vultr-6', 'digitalocean-4', 'oracle-4'])
      .map((each) => each.replace('-', '-ipv'))
      .map((name) => [name, `ipranges-${name}.txt`]),
  ),
};

/** Files of lists that lie elsewhere, by the list's name. */
export type MoreFiles = Readonly<Record<string, string>>;

/** The lists of which there is a file. */
const sourcesWith = (more: MoreFiles): ListSource[] => {
  const unknown = Object.keys(more).find((name) => !builtInLists.some((list) => list.name === name));
  if (unknown !== undefined) throw new RangeError(`there is no list ${unknown}`);
  return builtInLists.filter(({ name }) => Object.hasOwn(files, name) || Object.hasOwn(more, name));
};

/** The text of a list as it lies in a snapshot. */
export const snapshotText = (snapshot: string, name: string, more: MoreFiles = {}): Promise<string> =>
  readFile(more[name] === undefined ? join(snapshot, files[name] ?? name) : resolve(more[name]), 'utf8');

export type SnapshotLists = {
  /** Lists that nothing is in yet, over what was fetched: `load` reads them as a server does at its start. */
  fresh(without?: (source: ListSource) => boolean): NetworkLists;
  remove(): Promise<void>;
};

/** Has the server's own code fetch all lists from an upstream on this machine that gives the snapshot's files. */
export const fetchSnapshot = async (snapshot: string, more: MoreFiles = {}): Promise<SnapshotLists> => {
  const dir = await mkdtemp(join(tmpdir(), 'whorl-bench-lists-'));
  const upstream = await startUpstream();
  upstream.answer((request, response) => {
    snapshotText(snapshot, request.url?.slice(1) ?? '', more).then(
      (text) => response.end(text),
      () => response.writeHead(404).end(),
    );
  });
  const sources = sourcesWith(more).map((source) => ({ ...source, url: `${upstream.url}/${source.name}` }));
  const problems: string[] = [];
  const log = { warn: ({ list, problem }: { list: string; problem: string }) => problems.push(`${list}: ${problem}`) };
  await new NetworkLists({ sources, dir, log }).refresh();
  await upstream.close();
  if (problems.length > 0) throw new Error(`the snapshot has lists that are refused:\n${problems.join('\n')}`);
  return {
    fresh: (without = () => false) => new NetworkLists({ sources: sources.filter((each) => !without(each)), dir, log }),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
};
