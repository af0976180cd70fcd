import { ruleLimits } from '@whorl/contract';
import { describeRule } from '@whorl/engine';
import { Command } from 'commander';
import { draftOf, makeRuleset, newRulesetId } from '../rules/make-ruleset.ts';
import { CommandError } from './command-error.ts';
import { findWorkspace, workspaceOption } from './find-owner.ts';
import { findRuleset } from './find-ruleset.ts';
import { jsonOption, minute, type OutputOptions, print } from './output.ts';
import { readRulesetFile } from './read-ruleset-file.ts';
import { dryRunCommand } from './ruleset-dry-run-command.ts';
import { rulesetFieldsCommand } from './ruleset-fields-command.ts';
import { table } from './table.ts';
import { withStore } from './with-store.ts';

type Options = OutputOptions & { workspace?: string };

const rulesetArgument = ['<ruleset>', 'its id or name'] as const;
const fileArgument = ['[file]', 'a JSON file; left out or -: standard input'] as const;

const create = (env: NodeJS.ProcessEnv): Command =>
  new Command('create')
    .argument(...fileArgument)
    .description('create a ruleset and print its id')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action(async (file: string | undefined, options: Options) => {
      const draft = await readRulesetFile(file);
      await withStore(env, async (store) => {
        const { id: workspaceId } = await findWorkspace(store, options.workspace);
        const now = Date.now();
        const ruleset = makeRuleset(draft, { id: newRulesetId(), workspaceId, createdAt: now, updatedAt: now });
        if (!(await store.putRuleset(ruleset, ruleLimits.rulesets))) {
          throw new CommandError(`A workspace has at most ${ruleLimits.rulesets} rulesets; delete one first.`);
        }
        print(options, ruleset, `${ruleset.id}\n`);
      });
    });

const list = (env: NodeJS.ProcessEnv): Command =>
  new Command('list')
    .description('list rulesets, oldest first')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((options: Options) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const rulesets = await store.rulesets(workspace.id);
        const rows = rulesets.map(({ id, name, rules, otherwise, createdAt, updatedAt }) => [
          id,
          String(rules.length),
          otherwise.type,
          minute(createdAt),
          minute(updatedAt),
          name,
        ]);
        const headings = ['ID', 'RULES', 'OTHERWISE', 'CREATED', 'CHANGED', 'NAME'];
        print(options, rulesets, table(headings, rows, 'No rulesets yet; `whorl ruleset create <file>` makes one.'));
      }),
    );

/** What is put in is printed again: the text tells what the rules mean, and `--json` gives what `replace` takes. */
const show = (env: NodeJS.ProcessEnv): Command =>
  new Command('show')
    .argument(...rulesetArgument)
    .description('show the rules of a ruleset; with --json as a file that `replace` takes')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((wanted: string, options: Options) =>
      withStore(env, async (store) => {
        const ruleset = await findRuleset(store, options.workspace, wanted);
        const rows = ruleset.rules.map(({ id, name, enabled, when, action }) => [
          id,
          enabled ? action.type : 'off',
          name,
          describeRule(when),
        ]);
        rows.push(['', ruleset.otherwise.type, 'otherwise', '']);
        print(options, draftOf(ruleset), `${ruleset.name}\n\n${table(['ID', 'ACTION', 'NAME', 'WHEN'], rows, '')}`);
      }),
    );

const replace = (env: NodeJS.ProcessEnv): Command =>
  new Command('replace')
    .argument(...rulesetArgument)
    .argument(...fileArgument)
    .description('put other rules in place of those of a ruleset, which keeps its id')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action(async (wanted: string, file: string | undefined, options: Options) => {
      const draft = await readRulesetFile(file);
      await withStore(env, async (store) => {
        const { id, workspaceId, createdAt } = await findRuleset(store, options.workspace, wanted);
        const ruleset = makeRuleset(draft, { id, workspaceId, createdAt, updatedAt: Date.now() });
        await store.putRuleset(ruleset);
        print(options, ruleset, `Ruleset ${id} is replaced.\n`);
      });
    });

const remove = (env: NodeJS.ProcessEnv): Command =>
  new Command('delete')
    .argument(...rulesetArgument)
    .description('delete a ruleset; requests for events that name it are refused from now on')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((wanted: string, options: Options) =>
      withStore(env, async (store) => {
        const { id, workspaceId } = await findRuleset(store, options.workspace, wanted);
        if (!(await store.deleteRuleset(workspaceId, id))) throw new CommandError('It has just been deleted.');
        print(options, { id }, `Ruleset ${id} is deleted.\n`);
      }),
    );

/** `whorl ruleset …`: what is to be done with requests, by what their events show. */
export const rulesetCommand = (env: NodeJS.ProcessEnv): Command => {
  const command = new Command('ruleset').description('List, change and try rulesets');
  for (const make of [list, create, show, replace, remove, dryRunCommand, rulesetFieldsCommand]) {
    command.addCommand(make(env));
  }
  return command;
};
