import type { RunningWhorl } from '@whorl/testing';
import { managementClient } from './management-client.ts';

type Secret = { id: string; value: string };
type Webhook = { id: string; secret: Secret };

/** Webhooks of a server's first workspace. What is changed here holds for the very next event. */
export type ManagedWebhooks = {
  /** A new webhook, after which there is no other. */
  only(version: 'v3' | 'v4', url: string): Promise<Webhook>;
  create(version: 'v3' | 'v4', url: string): Promise<Webhook>;
  deleteAll(): Promise<void>;
  addSecret(webhookId: string): Promise<Secret>;
  removeSecret(webhookId: string, secretId: string): Promise<void>;
};

/** Manages the webhooks of a server that runs with `managementSettings`. */
export const managedWebhooks = async (whorl: Pick<RunningWhorl, 'url'>): Promise<ManagedWebhooks> => {
  const manage = managementClient(whorl);
  const { items: workspaces } = await manage<{ items: { id: string }[] }>('GET', '/workspaces');
  const path = `/workspaces/${workspaces[0]?.id}/webhooks`;
  const create: ManagedWebhooks['create'] = (version, url) => manage('POST', path, { version, url });
  const deleteAll = async (): Promise<void> => {
    const { items } = await manage<{ items: { id: string }[] }>('GET', path);
    for (const { id } of items) await manage('DELETE', `${path}/${id}`);
  };
  return {
    create,
    deleteAll,
    only: async (version, url) => {
      await deleteAll();
      return create(version, url);
    },
    addSecret: (id) => manage('POST', `${path}/${id}/secrets`, {}),
    removeSecret: (id, secretId) => manage('DELETE', `${path}/${id}/secrets/${secretId}`),
  };
};
