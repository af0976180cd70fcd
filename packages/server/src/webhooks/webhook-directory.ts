import type { Webhook, Workspace } from '@whorl/contract';
import type { Store } from '../storage/store.ts';

/** A webhook with the workspace whose events it gets. */
export type KnownWebhook = { webhook: Webhook; workspace: Workspace };

/** What of a webhook decides whether an event is owed to it. */
type Owner = Pick<Workspace, 'id' | 'active' | 'disabledFeatures'>;

const serves = ({ active, disabledFeatures }: Omit<Owner, 'id'>): boolean =>
  active && !disabledFeatures.includes('webhooks');

/**
 * All webhooks, kept in memory so that recording an event need not ask for them. Refreshed every few seconds, because
 * other servers and commands change webhooks too, and at once after a change through this server.
 */
export class WebhookDirectory {
  readonly #store: Store;
  #known = new Map<string, KnownWebhook>();
  #byWorkspace = new Map<string, Webhook[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Reads all webhooks anew. */
  async refresh(): Promise<void> {
    const [webhooks, workspaces] = await Promise.all([this.#store.webhooks(), this.#store.workspaces()]);
    const workspaceOf = new Map(workspaces.map((workspace) => [workspace.id, workspace]));
    const known = new Map<string, KnownWebhook>();
    const byWorkspace = new Map<string, Webhook[]>();
    for (const webhook of webhooks) {
      const workspace = workspaceOf.get(webhook.workspaceId);
      if (workspace === undefined) continue;
      known.set(webhook.id, { webhook, workspace });
      byWorkspace.set(workspace.id, [...(byWorkspace.get(workspace.id) ?? []), webhook]);
    }
    this.#known = known;
    this.#byWorkspace = byWorkspace;
  }

  find(webhookId: string): KnownWebhook | undefined {
    return this.#known.get(webhookId);
  }

  /** Ids of the webhooks that an event of this workspace and environment is owed to. */
  owedTo(workspace: Owner, environmentId: string): string[] {
    if (!serves(workspace)) return [];
    const webhooks = this.#byWorkspace.get(workspace.id) ?? [];
    return webhooks
      .filter(({ enabled, environmentIds }) => enabled && (environmentIds?.includes(environmentId) ?? true))
      .map(({ id }) => id);
  }

  /** Whether anyone in this workspace waits for events at all. */
  hasAny(workspaceId: string): boolean {
    return this.#byWorkspace.has(workspaceId);
  }

  /** Ids of all webhooks. */
  ids(): string[] {
    return [...this.#known.keys()];
  }

  /** Ids of the webhooks of a workspace. */
  idsOf(workspaceId: string): string[] {
    return (this.#byWorkspace.get(workspaceId) ?? []).map(({ id }) => id);
  }

  /**
   * Webhooks of workspaces that are switched off, or have webhooks switched off: their deliveries wait, as those of a
   * webhook that is off.
   */
  resting(): string[] {
    return [...this.#known.values()].filter(({ workspace }) => !serves(workspace)).map(({ webhook }) => webhook.id);
  }
}
