import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { ListSource } from '../../packages/server/src/lists/list-source.ts';
import type { NetworkLists } from '../../packages/server/src/lists/network-lists.ts';
import { type AsnData, openAsnData } from '../../packages/server/src/lookup/asn-data.ts';
import { homeAddresses } from './home-addresses.ts';
import { type HomeHits, homeHits, homeShare, shareOf, torShare, vpnShare } from './measure-answers.ts';
import { measureLoad, measureLookups } from './measure-cost.ts';
import { measureStalls } from './measure-stalls.ts';
import { addressesIn, exitsIn, oneOfEach, proxiesIn } from './read-addresses.ts';
import { fetchSnapshot, type MoreFiles, type SnapshotLists, snapshotText } from './snapshot-lists.ts';

const HELP = `What network lists cost and how good they are, by a snapshot of them in which each file has the name that bench/lists/snapshot-lists.ts says.
--snapshot <dir>            where the lists lie
--date <yyyy-mm-dd>         the day they are of, for the report
--vpn-exits <name>=<file>   addresses of a VPN provider's exits, one a line, from elsewhere; as often as there are providers
--supplement <list>=<file>  a list of one provider's servers that is no part of the snapshot; exits are measured without and with these
--homes <n>                 addresses drawn from each network of homes (default 2000)
--seed <n>                  what the drawing begins with (default 1)
--out <file>                writes the figures as JSON`;

const sum = (all: readonly HomeHits[]): HomeHits =>
  all.reduce((total, hits) => ({
    tor: total.tor + hits.tor,
    relay: total.relay + hits.relay,
    publicVpn: total.publicVpn + hits.publicVpn,
    proxy: total.proxy + hits.proxy,
    attackSource: total.attackSource + hits.attackSource,
    datacenter: total.datacenter + hits.datacenter,
  }));

const named = (argument: string): [name: string, file: string] => {
  const [, name, file] = /^([\w-]+)=(.+)$/.exec(argument) ?? [];
  if (name === undefined || file === undefined) throw new RangeError(`${argument} is not <name>=<file>`);
  return [name, file];
};

type Vpn = Record<string, ReturnType<typeof vpnShare>>;

type Given = {
  snapshot: string;
  vpnExits: readonly string[];
  supplements: MoreFiles;
  homes: number;
  seed: number;
};

const measureVpn = async ({ snapshot, vpnExits, seed }: Given, fetched: SnapshotLists, asns: AsnData): Promise<Vpn> => {
  const without = async (isLeftOut: (source: ListSource) => boolean) => {
    const lists = fetched.fresh(isLeftOut);
    await lists.load();
    return lists;
  };
  const all = await without(() => false);
  const withoutSupplements = await without(({ supplement }) => supplement === true);
  const withoutRelays = await without(({ kind }) => kind === 'relay');
  const vpn: Vpn = {};
  for (const family of [4, 6] as const) {
    const relays = oneOfEach(await snapshotText(snapshot, `apple-relay-ipv${family}`), seed);
    vpn[`iCloud Private Relay, IPv${family}`] = vpnShare(relays, all, asns);
    vpn[`iCloud Private Relay, IPv${family}, its own lists held out`] = vpnShare(relays, withoutRelays, asns);
  }
  for (const argument of vpnExits) {
    const [name, file] = named(argument);
    const addresses = addressesIn(await readFile(file, 'utf8'));
    vpn[name] = vpnShare(addresses, withoutSupplements, asns);
    vpn[`${name}, with supplements`] = vpnShare(addresses, all, asns);
  }
  return vpn;
};

const measureHomes = async ({ homes, seed }: Given, lists: NetworkLists, asns: AsnData, family: 4 | 6) => {
  const draws = await homeAddresses(homes, seed, family);
  const byNetwork = draws.map((draw) => ({ asn: draw.asn, name: draw.name, hits: homeHits(draw, lists, asns) }));
  const drawn = draws.length * homes;
  const total = sum(byNetwork.map(({ hits }) => hits));
  const accused = Object.fromEntries(Object.entries(total).map(([kind, hits]) => [kind, shareOf(hits, drawn)]));
  return {
    all: { networks: draws.length, addresses: drawn, ...accused },
    byNetwork: byNetwork.filter(({ hits }) => Object.values(hits).some((count) => count > 0)),
  };
};

const measure = async (given: Given) => {
  const { snapshot, supplements, seed } = given;
  const fetched = await fetchSnapshot(snapshot, supplements);
  try {
    const { lists, milliseconds, megabytes } = await measureLoad(() => fetched.fresh());
    const status = lists.status();
    const rows = status.reduce((total, each) => total + (each.rows ?? 0), 0);
    const lookup = measureLookups(lists, await snapshotText(snapshot, 'x4bnet-vpn-ipv4'), seed);
    const stalls = await measureStalls(() => fetched.fresh(), seed);
    const asns = await openAsnData();
    const exits = exitsIn(await snapshotText(snapshot, 'tor-exits'));
    const [four, six] = [await measureHomes(given, lists, asns, 4), await measureHomes(given, lists, asns, 6)];
    return {
      load: { lists: status.length, rows, milliseconds, megabytes },
      lookup,
      stalls,
      tor: torShare(exits, lists, asns),
      vpn: await measureVpn(given, fetched, asns),
      homes: four.all,
      homesByNetwork: four.byNetwork,
      homesIPv6: six.all,
      homesByNetworkIPv6: six.byNetwork,
      listedInHomeNetworks: {
        tor: homeShare(exits, asns),
        proxy: homeShare(proxiesIn(await snapshotText(snapshot, 'iplocate-open-proxies')), asns),
        attackSource: homeShare(addressesIn(await snapshotText(snapshot, 'ipsum-level-3')), asns),
      },
    };
  } finally {
    await fetched.remove();
  }
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      snapshot: { type: 'string' },
      date: { type: 'string' },
      'vpn-exits': { type: 'string', multiple: true, default: [] },
      supplement: { type: 'string', multiple: true, default: [] },
      homes: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.snapshot === undefined) return console.log(HELP);
  const [homes, seed] = [Number(values.homes), Number(values.seed)];
  if (!Number.isInteger(homes) || homes < 1) throw new RangeError('--homes takes a whole number above 0');
  const figures = await measure({
    snapshot: values.snapshot,
    vpnExits: values['vpn-exits'],
    supplements: Object.fromEntries(values.supplement.map(named)),
    homes,
    seed,
  });
  console.log(JSON.stringify(figures, null, 2));
  if (values.out === undefined) return;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`;
  const report = { commit, machine, snapshot: values.date ?? null, seed, figures };
  await writeFile(values.out, `${JSON.stringify(report, null, 2)}\n`);
};

await main();
