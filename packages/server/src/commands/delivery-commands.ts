import type { Delivery } from '@whorl/contract';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandError } from './command-error.ts';
import { findWorkspace, workspaceOption } from './find-owner.ts';
import { findWebhook } from './find-webhook.ts';
import { jsonOption, minute, type OutputOptions, print } from './output.ts';
import { table } from './table.ts';
import { withStore } from './with-store.ts';

type Scope = OutputOptions & { workspace?: string };
type ListOptions = Scope & { webhook?: string; state?: Delivery['state']; requestId?: string; limit: number };

const MOST = 1_000;

const countOf = (text: string): number => {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST}.`);
};

/** How the last attempt ended. */
const lastOf = ({ attempts }: Delivery): string => {
  const last = attempts.at(-1);
  return last === undefined ? '' : (last.error ?? String(last.status));
};

/** `whorl webhook deliveries`: the delivery log. */
export const deliveriesCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('deliveries')
    .description('list deliveries, newest first; finished ones are kept for 30 days')
    .option('--webhook <id or address>', 'deliveries to this webhook only')
    .addOption(
      new Option('--state <state>', 'deliveries in this state only').choices(['pending', 'delivered', 'failed']),
    )
    .option('--request-id <id>', 'deliveries of this event only')
    .option('--limit <count>', 'at most so many', countOf, 50)
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((options: ListOptions) =>
      withStore(env, async (store) => {
        const { id } = await findWorkspace(store, options.workspace);
        const { webhook, state, requestId, limit } = options;
        const deliveries = await store.deliveries({
          workspaceId: id,
          limit,
          ...(webhook === undefined ? {} : { webhookId: (await findWebhook(store, id, webhook)).id }),
          ...(state === undefined ? {} : { state }),
          ...(requestId === undefined ? {} : { requestId }),
        });
        const rows = deliveries.map((each) => [
          each.id,
          each.state,
          each.requestId,
          minute(each.createdAt),
          String(each.attempts.length),
          lastOf(each),
          minute(each.nextAttemptAt),
          each.webhookId,
        ]);
        const headings = ['ID', 'STATE', 'REQUEST ID', 'CREATED', 'TRIES', 'LAST', 'NEXT', 'WEBHOOK'];
        print(options, deliveries, table(headings, rows, 'No such deliveries.'));
      }),
    );

/** `whorl webhook resend`: sends an event again. */
export const resendCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('resend')
    .argument('<deliveryId>', 'its id, as `whorl webhook deliveries` shows it')
    .description('send an event again; a running server does so within a second')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((deliveryId: string, options: Scope) =>
      withStore(env, async (store) => {
        const { id } = await findWorkspace(store, options.workspace);
        const delivery = await store.resendDelivery(id, deliveryId, Date.now());
        if (delivery === undefined) {
          throw new CommandError(`There is no delivery "${deliveryId}"; \`whorl webhook deliveries\` shows the ids.`);
        }
        print(options, delivery, `Delivery ${delivery.id} of ${delivery.requestId} is pending.\n`);
      }),
    );
