import { Command } from 'commander';
import { MOST_SECRETS, makeSecret } from '../webhooks/make-webhook.ts';
import { CommandError } from './command-error.ts';
import { workspaceOption } from './find-owner.ts';
import { findWebhook, webhookArgument } from './find-webhook.ts';
import { jsonOption, type OutputOptions, print } from './output.ts';
import { withStore } from './with-store.ts';

type Options = OutputOptions & { workspace?: string; webhook?: string };

const add = (env: NodeJS.ProcessEnv): Command =>
  new Command('add')
    .argument(...webhookArgument)
    .description('add a secret and print it, this once; from now on deliveries are signed by it, too')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((wanted: string | undefined, options: Options) =>
      withStore(env, async (store) => {
        const { workspaceId, id } = await findWebhook(store, options.workspace, wanted);
        const secret = makeSecret(Date.now());
        await store.changeWebhook(workspaceId, id, ({ secrets }) => {
          if (secrets.length >= MOST_SECRETS) {
            throw new CommandError(
              `A webhook may have ${MOST_SECRETS} secrets; \`whorl webhook secret remove\` an old one.`,
            );
          }
          return { secrets: [secret, ...secrets] };
        });
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
        await store.changeWebhook(workspaceId, id, ({ secrets }) => {
          const left = secrets.filter((secret) => secret.id !== secretId);
          if (left.length === secrets.length) {
            const known = secrets.map((secret) => `  ${secret.id}`).join('\n');
            throw new CommandError(`Webhook ${id} has no secret "${secretId}". Known:\n${known}`);
          }
          if (left.length === 0) {
            throw new CommandError('Deliveries are always signed; `whorl webhook secret add` another one first.');
          }
          return { secrets: left };
        });
        print(options, { id: secretId }, `Secret ${secretId} is removed.\n`);
      }),
    );

/** `whorl webhook secret …`: several sign at once, so that a receiver can move from one to the next. */
export const webhookSecretCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('secret')
    .description('add and remove the secrets that sign a webhook’s deliveries')
    .addCommand(add(env))
    .addCommand(remove(env));
