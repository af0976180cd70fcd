import { Command } from 'commander';
import { addSecret, MOST_SECRETS, makeSecret, removeSecret } from '../webhooks/make-webhook.ts';
import { CommandError } from './command-error.ts';
import { workspaceOption } from './find-owner.ts';
import { findWebhook, webhookArgument, webhookGone } from './find-webhook.ts';
import { parseWebhookSecret } from './option-forms.ts';
import { jsonOption, type OutputOptions, print } from './output.ts';
import { readStandardInput } from './read-standard-input.ts';
import { withStore } from './with-store.ts';

type Options = OutputOptions & { workspace?: string; webhook?: string; value?: string };

/** The secret that an option gives, `-` for that on standard input; undefined where one is to be made. */
export const givenSecret = async (option: string | undefined): Promise<string | undefined> => {
  const given = option === '-' ? await readStandardInput() : option;
  return given === undefined ? undefined : parseWebhookSecret(given);
};

const add = (env: NodeJS.ProcessEnv): Command =>
  new Command('add')
    .argument(...webhookArgument)
    .description('add a secret and print it, this once; from now on deliveries are signed by it, too')
    .option('--value <secret>', 'one that the receiver knows already; - reads it from standard input')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((wanted: string | undefined, options: Options) =>
      withStore(env, async (store) => {
        const value = await givenSecret(options.value);
        const { workspaceId, id } = await findWebhook(store, options.workspace, wanted);
        const secret = makeSecret(Date.now(), value);
        const changed = await store.changeWebhook(workspaceId, id, ({ secrets }) => {
          const added = addSecret(secrets, secret);
          if (added === 'known') throw new CommandError('The webhook has this secret already; give another one.');
          if (added === 'too-many') {
            throw new CommandError(
              `A webhook may have ${MOST_SECRETS} secrets; \`whorl webhook secret remove\` an old one.`,
            );
          }
          return { secrets: added };
        });
        if (changed === undefined) throw webhookGone(id);
        print(options, secret, `${secret.value}\n`);
        process.stderr.write(`Secret ${secret.id} of webhook ${id}; it is not shown again.\n`);
      }),
    );

const remove = (env: NodeJS.ProcessEnv): Command =>
  new Command('remove')
    .argument('<secretId>', 'its id, as `whorl webhook change` without options shows it')
    .description('remove a secret; it signs nothing any more')
    .option('--webhook <id or address>', 'the webhook; may be left out while there is one')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((secretId: string, options: Options) =>
      withStore(env, async (store) => {
        const { workspaceId, id } = await findWebhook(store, options.workspace, options.webhook);
        const changed = await store.changeWebhook(workspaceId, id, ({ secrets }) => {
          const left = removeSecret(secrets, secretId);
          if (left === 'unknown') {
            const known = secrets.map((secret) => `  ${secret.id}`).join('\n');
            throw new CommandError(`Webhook ${id} has no secret "${secretId}". Known:\n${known}`);
          }
          if (left === 'last') {
            throw new CommandError('Deliveries are always signed; `whorl webhook secret add` another one first.');
          }
          return { secrets: left };
        });
        if (changed === undefined) throw webhookGone(id);
        print(options, { id: secretId }, `Secret ${secretId} is removed.\n`);
      }),
    );

/** `whorl webhook secret …`: several sign at once, so that a receiver can move from one to the next. */
export const webhookSecretCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('secret')
    .description('add and remove the secrets that sign a webhook’s deliveries')
    .addCommand(add(env))
    .addCommand(remove(env));
