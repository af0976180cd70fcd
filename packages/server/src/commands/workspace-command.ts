import { type Linking, linkings, mergeWeights, type Region, regions, type Workspace } from '@whorl/contract';
import { Command, Option } from 'commander';
import type { WorkspaceChange } from '../storage/store.ts';
import { createWorkspace } from '../tenancy/create-workspace.ts';
import { environmentView } from '../tenancy/environment-view.ts';
import { mergeRateLimits } from '../tenancy/merge-rate-limits.ts';
import { CommandError } from './command-error.ts';
import { findWorkspace } from './find-owner.ts';
import { parseFeatures, parseFloor, parseName, parseRateLimit, parseWeights, rateLimitText } from './option-forms.ts';
import { day, jsonOption, lines, type OutputOptions, print } from './output.ts';
import { table } from './table.ts';
import { withStore } from './with-store.ts';

type CreateOptions = OutputOptions & { region?: Region; identity: Workspace['identity']; linking: Linking };
type ChangeOptions = OutputOptions & {
  name?: string;
  region?: Region;
  identity?: Workspace['identity'];
  linking?: Linking;
  active?: 'on' | 'off';
  disable?: string[];
  enable?: string[];
  limitPerKey?: string;
  limitPerAddress?: string;
  weights?: string[];
  activityFloor?: string;
};

const regionOption = () => new Option('--region <region>', 'whose servers answer for it').choices(regions);
const identityOption = () =>
  new Option('--identity <how>', 'one visitor id in all environments, or one in each').choices(['shared', 'separate']);
const linkingOption = () =>
  new Option('--linking <how>', 'how sure a link without a token must be: .5, .8 or .95').choices(linkings);

const describe = (workspace: Workspace): string =>
  lines({
    Workspace: workspace.id,
    Name: workspace.name,
    Region: workspace.region,
    Active: workspace.active ? 'on' : 'off',
    Identity: workspace.identity,
    Linking: workspace.linking,
    'Limit per key': rateLimitText(workspace.rateLimits.perKey),
    'Limit per address': rateLimitText(workspace.rateLimits.perAddress),
    'Own points':
      Object.entries(workspace.suspectWeights)
        .map(([factor, points]) => `${factor}=${points}`)
        .join(' ') || 'none',
    'Activity floor': String(workspace.highActivityFloor ?? 'default'),
    'Switched off': workspace.disabledFeatures.join(' ') || 'nothing',
  });

const featuresAfter = (workspace: Workspace, { disable = [], enable = [] }: ChangeOptions) => {
  const [off, on] = [parseFeatures(disable), parseFeatures(enable)];
  const both = off.find((feature) => on.includes(feature));
  if (both !== undefined) throw new CommandError(`${both} cannot be switched on and off at once.`);
  return [...new Set([...workspace.disabledFeatures, ...off])].filter((feature) => !on.includes(feature));
};

const changeOf = (workspace: Workspace, options: ChangeOptions): WorkspaceChange => {
  const { name, region, identity, linking, active, disable, enable, limitPerKey, limitPerAddress } = options;
  const { weights, activityFloor } = options;
  const limits = limitPerKey !== undefined || limitPerAddress !== undefined;
  return {
    ...(name === undefined ? {} : { name: parseName(name) }),
    ...(region === undefined ? {} : { region }),
    ...(identity === undefined ? {} : { identity }),
    ...(linking === undefined ? {} : { linking }),
    ...(active === undefined ? {} : { active: active === 'on' }),
    ...(weights === undefined ? {} : { suspectWeights: mergeWeights(workspace.suspectWeights, parseWeights(weights)) }),
    ...(activityFloor === undefined ? {} : { highActivityFloor: parseFloor(activityFloor) }),
    ...(disable === undefined && enable === undefined ? {} : { disabledFeatures: featuresAfter(workspace, options) }),
    ...(limits
      ? {
          rateLimits: mergeRateLimits(workspace.rateLimits, {
            perKey: limitPerKey === undefined ? undefined : parseRateLimit(limitPerKey),
            perAddress: limitPerAddress === undefined ? undefined : parseRateLimit(limitPerAddress),
          }),
        }
      : {}),
  };
};

const nameTaken = (name: string): CommandError =>
  new CommandError(`There is a workspace "${name}" already; choose another name.`);

const list = (env: NodeJS.ProcessEnv): Command =>
  new Command('list')
    .description('list workspaces')
    .option(...jsonOption)
    .action((options: OutputOptions) =>
      withStore(env, async (store) => {
        const workspaces = await store.workspaces();
        const rows = workspaces.map(({ id, name, createdAt, region, active, identity, linking }) => [
          id,
          name,
          day(createdAt),
          region,
          active ? 'on' : 'off',
          identity,
          linking,
        ]);
        const headings = ['ID', 'NAME', 'CREATED', 'REGION', 'ACTIVE', 'IDENTITY', 'LINKING'];
        print(options, workspaces, table(headings, rows, 'No workspaces yet; the first start makes one.'));
      }),
    );

const create = (env: NodeJS.ProcessEnv): Command =>
  new Command('create')
    .argument('<name>', 'a name to know it by')
    .description('create a workspace with an environment called production')
    .addOption(regionOption())
    .addOption(identityOption().default('shared'))
    .addOption(linkingOption().default('default'))
    .option(...jsonOption)
    .action((name: string, { region, identity, linking, ...options }: CreateOptions) =>
      withStore(
        env,
        async (store, settings) => {
          const draft = { name: parseName(name), region: region ?? settings.region, identity, linking };
          const created = await createWorkspace(store, draft, Date.now());
          if (created === undefined) throw nameTaken(draft.name);
          const { workspace, environment } = created;
          const shown = { workspace, environment: environmentView(environment) };
          print(options, shown, lines({ Workspace: workspace.id, Environment: environment.id }));
        },
        { create: true },
      ),
    );

const change = (env: NodeJS.ProcessEnv): Command =>
  new Command('change')
    .argument('[workspace]', 'its id or name; may be left out while there is one')
    .description('change a workspace; without options, show it')
    .option('--name <name>', 'a name to know it by')
    .addOption(regionOption())
    .addOption(identityOption())
    .addOption(linkingOption())
    .addOption(new Option('--active <state>', 'off refuses every request with one of its keys').choices(['on', 'off']))
    .option('--disable <features...>', 'switch features off')
    .option('--enable <features...>', 'switch features on again')
    .option('--limit-per-key <limit>', 'requests with one key, as <requests>/<seconds>, or off')
    .option('--limit-per-address <limit>', 'requests of one client address, as <requests>/<seconds>, or off')
    .option('--weights <points...>', 'points of the suspect score, as <factor>=<points>, or <factor>=default')
    .option('--activity-floor <events>', 'daily events of a visitor that are put up with, or default')
    .option(...jsonOption)
    .action((wanted: string | undefined, options: ChangeOptions) =>
      withStore(env, async (store) => {
        const { id } = await findWorkspace(store, wanted);
        const changed = await store.changeWorkspace(id, (workspace) => changeOf(workspace, options));
        if (changed === undefined) throw new CommandError(`The workspace ${id} is gone.`);
        if (changed === 'name-taken') throw nameTaken(options.name ?? '');
        print(options, changed, describe(changed));
      }),
    );

/** `whorl workspace …`: visitors are recognised within a workspace, and never across two. */
export const workspaceCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('workspace')
    .description('List, create and change workspaces')
    .addCommand(list(env))
    .addCommand(create(env))
    .addCommand(change(env));
