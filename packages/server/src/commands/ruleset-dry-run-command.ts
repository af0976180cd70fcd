import type { DryRunReport, DryRunSource, RuleCount, Ruleset, Workspace } from '@whorl/contract';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type DryRunQuestion, dryRun } from '../rules/dry-run.ts';
import { makeRuleset, newRulesetId } from '../rules/make-ruleset.ts';
import type { Store } from '../storage/store.ts';
import { CommandError } from './command-error.ts';
import { findEnvironment, findWorkspace, workspaceOption } from './find-owner.ts';
import { findRuleset } from './find-ruleset.ts';
import { jsonOption, minute, type OutputOptions, print } from './output.ts';
import { readRulesetFile } from './read-ruleset-file.ts';
import { table } from './table.ts';
import { withStore } from './with-store.ts';

type Options = OutputOptions & {
  workspace?: string;
  environment?: string;
  ruleset?: string;
  against?: string;
  since?: number;
  until?: number;
  source: DryRunSource;
  limit: number;
};

const DAY = 24 * 60 * 60_000;
const UNITS = { m: 60_000, h: 60 * 60_000, d: DAY } as const;

/** A moment such as `2025-06-15`, `2025-06-15T12:00Z` or `7d`, which is so long ago. */
const parseMoment = (text: string): number => {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return Date.now() - Number(count) * UNITS[unit as keyof typeof UNITS];
  const time = /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new InvalidArgumentError(
    'Write a date such as 2025-06-15, a moment such as 2025-06-15T12:00Z, or 30m, 6h, 7d ago.',
  );
};

const parseCount = (text: string): number => {
  const count = Number(text);
  if (/^\d{1,9}$/.test(text) && count >= 1) return count;
  throw new InvalidArgumentError('It must be a whole number of 1 or more.');
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const ruleRow = ({ ruleId, name, action, events, share, examples }: RuleCount): string[] => [
  String(events),
  percent(share),
  action.type,
  ruleId ?? '',
  name ?? 'otherwise',
  examples.slice(0, 2).join(' '),
];

const rangeText = ({ events, complete, start, end, oldest, newest }: DryRunReport): string => {
  if (oldest === null) return `No events between ${minute(start)} and ${minute(end)}.\n`;
  const left = complete ? 'all events' : 'the newest; --limit takes more';
  return `${events} events from ${minute(oldest)} to ${minute(newest)}: ${left}.\n`;
};

const againstText = ({ against }: DryRunReport): string => {
  if (against === undefined) return '';
  const rows = against.changes.map(({ before, after, events, examples }) => [
    String(events),
    `${before.action.type} ${before.ruleId ?? 'otherwise'}`,
    `${after.action.type} ${after.ruleId ?? 'otherwise'}`,
    examples.slice(0, 2).join(' '),
  ]);
  const changes = table(['EVENTS', 'BEFORE', 'AFTER', 'SUCH AS'], rows, 'No event is treated differently.');
  const { rulesetId, changed, share } = against;
  const many = changed === 1 ? 'event is' : 'events are';
  return `\nAgainst ${rulesetId}: ${changed} ${many} treated differently (${percent(share)}).\n${changes}`;
};

const reportText = (report: DryRunReport): string => {
  const headings = ['EVENTS', 'SHARE', 'ACTION', 'RULE', 'NAME', 'SUCH AS'];
  return `${rangeText(report)}${table(headings, report.rules.map(ruleRow), '')}${againstText(report)}`;
};

/** The ruleset to try: a stored one, or the one of a file, which is not stored. */
const rulesetOf = async (
  store: Store,
  { id: workspaceId }: Workspace,
  file: string | undefined,
  { ruleset }: Options,
): Promise<Ruleset> => {
  if (ruleset !== undefined && file !== undefined) throw new CommandError('Give a file or --ruleset, not both.');
  if (ruleset !== undefined) return findRuleset(store, workspaceId, ruleset);
  const now = Date.now();
  const owner = { id: newRulesetId(), workspaceId, createdAt: now, updatedAt: now };
  return makeRuleset(await readRulesetFile(file), owner);
};

/** Runs until it is done or interrupted; tells how far it is on a terminal's standard error. */
const run = async (store: Store, question: DryRunQuestion): Promise<DryRunReport> => {
  const stop = new AbortController();
  const interrupt = () => stop.abort(new CommandError('Stopped; nothing was changed.'));
  process.once('SIGINT', interrupt);
  const isShown = process.stderr.isTTY === true;
  try {
    return await dryRun(store, question, {
      signal: stop.signal,
      onProgress: (events) => {
        if (isShown) process.stderr.write(`\r${events} events`);
      },
    });
  } finally {
    process.off('SIGINT', interrupt);
    if (isShown) process.stderr.write('\r\u001b[K');
  }
};

/** `whorl ruleset dry-run`: what a ruleset would have done with past events. */
export const dryRunCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('dry-run')
    .argument('[file]', 'a ruleset in a JSON file; left out or -: standard input')
    .description('tell what a ruleset would have done with past events; changes nothing')
    .option('--ruleset <id or name>', 'try a stored ruleset in place of a file')
    .option('--against <id or name>', 'compare with a stored ruleset')
    .option('--since <time>', 'events after it: a date, or 30m, 6h, 7d ago (default: 7d)', parseMoment)
    .option('--until <time>', 'events before it (default: now)', parseMoment)
    .option('--limit <count>', 'judge at most so many events, the newest', parseCount, 100_000)
    .option('--environment <id or name>', 'events of this environment only')
    .addOption(
      new Option('--source <source>', 'events of clients, or those that servers asked about by POST /v4/edge')
        .choices(['device', 'edge'])
        .default('device'),
    )
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((file: string | undefined, options: Options) =>
      withStore(env, async (store) => {
        const { until: end = Date.now(), since: start = end - 7 * DAY } = options;
        if (start >= end) throw new CommandError('--since must be before --until.');
        const workspace = await findWorkspace(store, options.workspace);
        const { environment: wanted, against } = options;
        const environment = wanted === undefined ? undefined : await findEnvironment(store, workspace, wanted);
        const report = await run(store, {
          workspace,
          ruleset: await rulesetOf(store, workspace, file, options),
          against: against === undefined ? undefined : await findRuleset(store, workspace.id, against),
          source: options.source,
          start,
          end,
          environmentIds: environment === undefined ? undefined : [environment.id],
          most: options.limit,
        });
        print(options, report, reportText(report));
      }),
    );
