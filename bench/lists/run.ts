import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { ListSource } from '../../packages/server/src/lists/list-source.ts';
import { openAsnData } from '../../packages/server/src/lookup/asn-data.ts';
import { homeAddresses } from './home-addresses.ts';
import { type HomeHits, homeHits, shareOf, torShare, vpnShare } from './measure-answers.ts';
import { measureLoad, measureLookups } from './measure-cost.ts';
import { addressesIn, oneOfEach } from './read-addresses.ts';
import { fetchSnapshot, snapshotText } from './snapshot-lists.ts';

const HELP = `What network lists cost and how good they are, by a snapshot of them in which each file has the name that bench/lists/snapshot-lists.ts says.
--snapshot <dir>            where the lists lie
--date <yyyy-mm-dd>         the day they are of, for the report
--vpn-exits <name>=<file>   addresses of a VPN provider's exits, one a line, from elsewhere; as often as there are providers
--homes <n>                 addresses drawn from each network of homes (default 2000)
--seed <n>                  what the drawing begins with (default 1)
--out <file>                writes the figures as JSON`;

const isRelay = ({ kind }: ListSource): boolean => kind === 'relay';

const sum = (all: readonly HomeHits[]): HomeHits =>
  all.reduce((total, hits) => ({
    tor: total.tor + hits.tor,
    relay: total.relay + hits.relay,
    publicVpn: total.publicVpn + hits.publicVpn,
    proxy: total.proxy + hits.proxy,
    attackSource: total.attackSource + hits.attackSource,
    datacenter: total.datacenter + hits.datacenter,
  }));

const exitsOf = async (argument: string): Promise<[name: string, addresses: string[]]> => {
  const [, name, file] = /^([\w-]+)=(.+)$/.exec(argument) ?? [];
  if (name === undefined || file === undefined) throw new RangeError('--vpn-exits takes <name>=<file>');
  return [name, addressesIn(await readFile(file, 'utf8'))];
};

const measure = async (snapshot: string, vpnExits: readonly string[], homes: number, seed: number) => {
  const fetched = await fetchSnapshot(snapshot);
  try {
    const { lists, milliseconds, megabytes } = await measureLoad(() => fetched.fresh());
    const status = lists.status();
    const rows = status.reduce((total, each) => total + (each.rows ?? 0), 0);
    const vpnList = await snapshotText(snapshot, 'x4bnet-vpn-ipv4');
    const lookup = measureLookups(lists, vpnList, seed);
    const asns = await openAsnData();

    const exits = [
      ...new Set(
        (await snapshotText(snapshot, 'tor-exits'))
          .split('\n')
          .slice(1)
          .flatMap((line) => line.split(',')[1]?.trim() || []),
      ),
    ];
    const withoutRelays = fetched.fresh(isRelay);
    await withoutRelays.load();
    const vpn: Record<string, ReturnType<typeof vpnShare>> = {};
    for (const family of [4, 6] as const) {
      const relays = oneOfEach(await snapshotText(snapshot, `apple-relay-ipv${family}`), seed);
      vpn[`iCloud Private Relay, IPv${family}`] = vpnShare(relays, lists, asns);
      vpn[`iCloud Private Relay, IPv${family}, its own lists held out`] = vpnShare(relays, withoutRelays, asns);
    }
    for (const argument of vpnExits) {
      const [name, addresses] = await exitsOf(argument);
      vpn[name] = vpnShare(addresses, lists, asns);
    }

    const draws = await homeAddresses(homes, seed);
    const byNetwork = draws.map((draw) => ({ asn: draw.asn, name: draw.name, hits: homeHits(draw, lists, asns) }));
    const drawn = draws.length * homes;
    const total = sum(byNetwork.map(({ hits }) => hits));
    const accused = Object.fromEntries(Object.entries(total).map(([kind, hits]) => [kind, shareOf(hits, drawn)]));
    return {
      load: { lists: status.length, rows, milliseconds, megabytes },
      lookup,
      tor: torShare(exits, lists, asns),
      vpn,
      homes: { networks: draws.length, addresses: drawn, ...accused },
      homesByNetwork: byNetwork.filter(({ hits }) => Object.values(hits).some((count) => count > 0)),
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
      homes: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.snapshot === undefined) return console.log(HELP);
  const [homes, seed] = [Number(values.homes), Number(values.seed)];
  if (!Number.isInteger(homes) || homes < 1) throw new RangeError('--homes takes a whole number above 0');
  const figures = await measure(values.snapshot, values['vpn-exits'], homes, seed);
  console.log(JSON.stringify(figures, null, 2));
  if (values.out === undefined) return;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`;
  const report = { commit, machine, snapshot: values.date ?? null, seed, figures };
  await writeFile(values.out, `${JSON.stringify(report, null, 2)}\n`);
};

await main();
