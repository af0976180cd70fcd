import type { Webhook } from '@whorl/contract';
import type { Store } from '../storage/store.ts';
import { CommandError } from './command-error.ts';
import { findWorkspace, pick } from './find-owner.ts';

/** Argument of commands on one webhook. */
export const webhookArgument = ['[webhook]', 'its id or address; may be left out while there is one'] as const;

/** Says that the webhook was deleted between the look for it and the change. */
export const webhookGone = (id: string): CommandError => new CommandError(`The webhook ${id} is gone.`);

/** An address in the form that webhooks are kept with, as `readTarget` gives it; anything else as it is. */
const asKept = (text: string): string => (URL.canParse(text) ? new URL(text).href : text);

/** The webhook of this id or address; without one, the only webhook that the workspace has. */
export const findWebhook = async (
  store: Store,
  workspaceWanted: string | undefined,
  wanted: string | undefined,
): Promise<Webhook> => {
  const workspace = await findWorkspace(store, workspaceWanted);
  const named = (await store.webhooks(workspace.id)).map((webhook) => ({ id: webhook.id, name: webhook.url, webhook }));
  return pick('webhook', named, wanted && asKept(wanted), 'run `whorl webhook create --url <url>`').webhook;
};
