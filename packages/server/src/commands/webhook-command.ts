import type { Webhook, Workspace } from '@whorl/contract';
import { Command, Option } from 'commander';
import type { Store, WebhookChange } from '../storage/store.ts';
import { MOST_WEBHOOKS, makeWebhook } from '../webhooks/make-webhook.ts';
import { createPoster } from '../webhooks/post-webhook.ts';
import { sendSample } from '../webhooks/send-sample.ts';
import { readTarget } from '../webhooks/webhook-target.ts';
import { webhookView } from '../webhooks/webhook-view.ts';
import { CommandError } from './command-error.ts';
import { deliveriesCommand, resendCommand } from './delivery-commands.ts';
import { findEnvironment, findWorkspace, workspaceOption } from './find-owner.ts';
import { findWebhook, webhookArgument, webhookGone } from './find-webhook.ts';
import { jsonOption, lines, minute, type OutputOptions, print } from './output.ts';
import { table } from './table.ts';
import { givenSecret, webhookSecretCommand } from './webhook-secret-command.ts';
import { withStore } from './with-store.ts';

type Scope = OutputOptions & { workspace?: string };
type Wishes = Scope & {
  url?: string;
  form?: Webhook['version'];
  environments?: string[];
  everyEnvironment?: boolean;
  on?: boolean;
  off?: boolean;
};

const formOption = () => new Option('--form <form>', 'form of the body: that of the Server API').choices(['v3', 'v4']);
const environmentsOption = ['--environments <ids or names...>', 'send events of these environments only'] as const;

const whose = ({ environmentIds }: Webhook): string => environmentIds?.join(' ') ?? 'every environment';

const describe = (webhook: Webhook): string =>
  lines({
    Webhook: webhook.id,
    Address: webhook.url,
    Form: webhook.version,
    State: webhook.enabled ? 'on' : 'off',
    Events: whose(webhook),
    Secrets: webhook.secrets.map(({ id }) => id).join(' '),
  });

/** What the options ask for, checked. */
const wishesOf = async (
  store: Store,
  workspace: Workspace,
  { url, form, environments, everyEnvironment, on, off }: Wishes,
  privateAddresses: boolean,
): Promise<WebhookChange> => {
  if (environments !== undefined && everyEnvironment) {
    throw new CommandError('Give either --environments or --every-environment.');
  }
  if (on && off) throw new CommandError('Give either --on or --off.');
  const target = url === undefined ? undefined : readTarget(url, privateAddresses);
  if (target?.ok === false) throw new CommandError(`The address ${target.problem}.`);
  const environmentIds: string[] = [];
  for (const wanted of environments ?? []) environmentIds.push((await findEnvironment(store, workspace, wanted)).id);
  return {
    ...(target === undefined ? {} : { url: target.url.href }),
    ...(form === undefined ? {} : { version: form }),
    ...(environments === undefined ? {} : { environmentIds: [...new Set(environmentIds)] }),
    ...(everyEnvironment ? { environmentIds: null } : {}),
    ...(on || off ? { enabled: on === true } : {}),
  };
};

const create = (env: NodeJS.ProcessEnv): Command =>
  new Command('create')
    .description('create a webhook and print its secret, this once')
    .requiredOption('--url <url>', 'where events are posted to')
    .addOption(formOption().default('v4'))
    .option(...environmentsOption)
    .option('--secret <secret>', 'one that the receiver knows already; - reads it from standard input')
    .option('--off', 'leave it switched off for now')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((options: Wishes & { url: string; form: Webhook['version']; secret?: string }) =>
      withStore(env, async (store, { webhookPrivateAddresses }) => {
        const given = await givenSecret(options.secret);
        const workspace = await findWorkspace(store, options.workspace);
        const wishes = await wishesOf(store, workspace, options, webhookPrivateAddresses);
        const { environmentIds = null, url = options.url } = wishes;
        const choice = { workspaceId: workspace.id, url, version: options.form, environmentIds, enabled: !options.off };
        const webhook = makeWebhook(choice, Date.now(), given);
        if (!(await store.createWebhook(webhook, MOST_WEBHOOKS))) {
          throw new CommandError(`A workspace may have ${MOST_WEBHOOKS} webhooks; delete one that is not needed.`);
        }
        const secret = webhook.secrets[0];
        print(options, { ...webhookView(webhook), secret }, `${secret?.value ?? ''}\n`);
        process.stderr.write(`Webhook ${webhook.id} is signed with this secret; it is not shown again.\n`);
      }),
    );

const list = (env: NodeJS.ProcessEnv): Command =>
  new Command('list')
    .description('list webhooks of a workspace')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((options: Scope) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const webhooks = await store.webhooks(workspace.id);
        const rows = webhooks.map((each) => [
          each.id,
          each.version,
          each.enabled ? 'on' : 'off',
          minute(each.createdAt),
          whose(each),
          each.url,
        ]);
        const empty = 'No webhooks yet; `whorl webhook create --url <url>` makes one.';
        print(
          options,
          webhooks.map(webhookView),
          table(['ID', 'FORM', 'STATE', 'CREATED', 'EVENTS OF', 'ADDRESS'], rows, empty),
        );
      }),
    );

const change = (env: NodeJS.ProcessEnv): Command =>
  new Command('change')
    .argument(...webhookArgument)
    .description('change a webhook; without options, show it')
    .option('--url <url>', 'where events are posted to')
    .addOption(formOption())
    .option(...environmentsOption)
    .option('--every-environment', 'send events of every environment')
    .option('--on', 'switch it on')
    .option('--off', 'switch it off: no new events are taken up, and what is pending waits')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((wanted: string | undefined, options: Wishes) =>
      withStore(env, async (store, { webhookPrivateAddresses }) => {
        const workspace = await findWorkspace(store, options.workspace);
        const webhook = await findWebhook(store, options.workspace, wanted);
        const wishes = await wishesOf(store, workspace, options, webhookPrivateAddresses);
        const changed = await store.changeWebhook(workspace.id, webhook.id, () => wishes);
        if (changed === undefined) throw webhookGone(webhook.id);
        print(options, webhookView(changed), describe(changed));
      }),
    );

const remove = (env: NodeJS.ProcessEnv): Command =>
  new Command('delete')
    .argument('<webhook>', 'its id or address')
    .description('delete a webhook with all its deliveries, those that are pending included')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((wanted: string, options: Scope) =>
      withStore(env, async (store) => {
        const { workspaceId, id } = await findWebhook(store, options.workspace, wanted);
        if (!(await store.deleteWebhook(workspaceId, id))) throw webhookGone(id);
        print(options, { id }, `Webhook ${id} is deleted.\n`);
      }),
    );

const test = (env: NodeJS.ProcessEnv): Command =>
  new Command('test')
    .argument(...webhookArgument)
    .description('post a sample event now, once, and tell how the receiver took it')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((wanted: string | undefined, options: Scope) =>
      withStore(env, async (store, { webhookPrivateAddresses: privateAddresses }) => {
        const workspace = await findWorkspace(store, options.workspace);
        const webhook = await findWebhook(store, options.workspace, wanted);
        const [first] = await store.environments(workspace.id);
        const poster = createPoster({ privateAddresses });
        const environmentId = webhook.environmentIds?.[0] ?? first?.id ?? '';
        const attempt = await sendSample({ webhook, workspace }, environmentId, poster.post);
        poster.close();
        const { status, error, duration } = attempt;
        const told = status === null ? `No answer: ${error}` : `The receiver answered ${status}`;
        print(options, attempt, `${told}, after ${duration} ms.\n`);
        if (status === null || status < 200 || status > 299) process.exitCode = 1;
      }),
    );

/** `whorl webhook …`: where events are posted to, signed, and what became of each. */
export const webhookCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('webhook')
    .description('Create, change and try webhooks, and see their deliveries')
    .addCommand(create(env))
    .addCommand(list(env))
    .addCommand(change(env))
    .addCommand(remove(env))
    .addCommand(webhookSecretCommand(env))
    .addCommand(test(env))
    .addCommand(deliveriesCommand(env))
    .addCommand(resendCommand(env));
