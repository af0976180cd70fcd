import { Command } from 'commander';
import type { Settings } from '../config/setting-registry.ts';
import { builtInLists } from '../lists/built-in-lists.ts';
import type { ListStatus } from '../lists/list-status.ts';
import { listsDirectory } from '../lists/lists-directory.ts';
import { NetworkLists } from '../lists/network-lists.ts';
import { readListsFile } from '../lists/read-lists-file.ts';
import { CommandError, settingsOrFail } from './command-error.ts';
import { jsonOption, minute, type OutputOptions, print } from './output.ts';
import { table } from './table.ts';

/** The lists of the settings; problems are told on standard error as they come. */
const openLists = async ({ networkListsFile, dataDir }: Settings): Promise<NetworkLists> => {
  const lists = new NetworkLists({
    sources: await readListsFile(networkListsFile, builtInLists),
    dir: listsDirectory(dataDir),
    log: {
      warn: ({ list, problem }, message) => {
        process.stderr.write(`${list}: ${message} (${problem})\n`);
      },
    },
  });
  await lists.load();
  return lists;
};

const text = (all: ListStatus[]): string =>
  table(
    ['LIST', 'KIND', 'ROWS', 'AS OF (UTC)', 'NEXT LOOK (UTC)', 'PROBLEM'],
    all.map(({ name, kind, rows, asOf, dueAt, problem }) => [
      name,
      kind,
      rows === null ? 'none' : String(rows),
      minute(asOf),
      dueAt === 0 ? 'at once' : minute(dueAt),
      problem?.text ?? '',
    ]),
    'There are no lists.',
  );

const status = (env: NodeJS.ProcessEnv): Command =>
  new Command('status')
    .description('show each network list: its rows, its age, and what is wrong with it')
    .option(...jsonOption)
    .action(async (options: OutputOptions) => {
      const settings = settingsOrFail(env);
      if (!settings.networkLists) process.stderr.write('WHORL_NETWORK_LISTS is off: a server uses none of these.\n');
      const all = (await openLists(settings)).status();
      print(options, all, text(all));
    });

const refresh = (env: NodeJS.ProcessEnv): Command =>
  new Command('refresh')
    .description('fetch network lists now, all or those named; a running server takes them within a minute')
    .argument('[names...]', 'names of lists, as `whorl lists status` shows them')
    .option('--accept', 'also take lists that have suddenly become much shorter or larger')
    .option(...jsonOption)
    .action(async (names: string[], options: OutputOptions & { accept?: boolean }) => {
      const settings = settingsOrFail(env);
      if (!settings.networkLists) throw new CommandError('WHORL_NETWORK_LISTS is off: nothing is fetched.');
      const lists = await openLists(settings);
      const known = lists.status().map(({ name }) => name);
      const unknown = names.find((name) => !known.includes(name));
      if (unknown !== undefined)
        throw new CommandError(`There is no list "${unknown}". There are: ${known.join(', ')}`);
      const outcomes = await lists.refresh(names.length === 0 ? known : names, { accept: options.accept === true });
      const rows = [...outcomes].map(([name, outcome]) => [name, outcome]);
      print(options, Object.fromEntries(outcomes), table(['LIST', 'OUTCOME'], rows, 'There are no lists.'));
      const wrong = [...outcomes.values()].filter((outcome) => outcome === 'failed' || outcome === 'refused').length;
      if (wrong > 0) throw new CommandError(`${wrong} of ${outcomes.size} lists could not be fetched.`);
    });

/** `whorl lists …`: the lists of addresses that come from elsewhere. */
export const listsCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('lists')
    .description('Network lists: Tor exits, relays, VPNs, datacenters, proxies, attackers, crawlers')
    .addCommand(status(env))
    .addCommand(refresh(env));
