import type {
  ApiKey,
  Delivery,
  EdgeEvent,
  Environment,
  Event,
  EventPage,
  EventSearch,
  Ruleset,
  Webhook,
  Workspace,
} from '@whorl/contract';
import type { ActivityFacts } from '@whorl/engine';
import type {
  ActivityRequest,
  Change,
  ClaimedDelivery,
  DailyEventsSample,
  DeliveryList,
  EnvironmentChange,
  EventRecord,
  EventScope,
  KeyGrant,
  NewKey,
  RecallRequest,
  Recollection,
  RecordOutcome,
  Settlement,
  Store,
  VisitorRow,
  WebhookChange,
  WorkspaceChange,
} from '../store.ts';
import { dailyEvents } from './daily-events.ts';
import * as deliveries from './deliveries.ts';
import { claimDeliveries } from './delivery-line.ts';
import { findEdgeEvent, recordEdge } from './edge-events.ts';
import { eraseVisitor } from './erase-visitor.ts';
import { findEvent, reviseEvent } from './events.ts';
import { migrate } from './migrate.ts';
import { PartitionMaker } from './partitions.ts';
import { PostgresActivity } from './postgres-activity.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { asStoreError } from './postgres-fault.ts';
import { recall } from './recall.ts';
import { record } from './record.ts';
import * as rulesets from './rulesets.ts';
import { searchEdgeEvents, searchEvents } from './search.ts';
import { secret } from './secret.ts';
import { sweep } from './sweep.ts';
import * as tenancy from './tenancy.ts';
import { findByKeys, findVisitors } from './visitors.ts';
import * as webhooks from './webhooks.ts';

/** The store in a PostgreSQL database, in the schema `whorl`. Any number of servers may share it. */
export class PostgresStore implements Store {
  readonly kind = 'postgres';
  readonly #database: PostgresDatabase;
  readonly #url: string;
  readonly #activity = new PostgresActivity();
  readonly #partitions: PartitionMaker;

  /** `url` is shown in errors, without its password. */
  constructor(database: PostgresDatabase, url: string) {
    this.#database = database;
    this.#url = url;
    this.#partitions = new PartitionMaker(database);
  }

  migrate(): Promise<string[]> {
    return this.#run(async (database) => {
      const steps = await migrate(database);
      await this.#partitions.make(Date.now());
      return steps;
    });
  }

  /** Servers may share the database, so there is nothing to claim. */
  async claim(): Promise<void> {}

  ping(): Promise<void> {
    return this.#run(async (database) => {
      await database.one('SELECT count(*) FROM whorl.workspaces');
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  secret(name: string): Promise<Buffer> {
    return this.#run((database) => secret(database, name));
  }

  createWorkspace(workspace: Workspace): Promise<boolean> {
    return this.#run((database) => tenancy.createWorkspace(database, workspace));
  }

  workspace(workspaceId: string): Promise<Workspace | undefined> {
    return this.#run((database) => tenancy.findWorkspace(database, workspaceId));
  }

  workspaces(): Promise<Workspace[]> {
    return this.#run(tenancy.workspaces);
  }

  changeWorkspace(
    workspaceId: string,
    change: Change<Workspace, WorkspaceChange>,
  ): Promise<Workspace | 'name-taken' | undefined> {
    return this.#run((database) => tenancy.changeWorkspace(database, workspaceId, change));
  }

  createEnvironment(environment: Environment): Promise<boolean> {
    return this.#run((database) => tenancy.createEnvironment(database, environment));
  }

  environments(workspaceId: string): Promise<Environment[]> {
    return this.#run((database) => tenancy.environments(database, workspaceId));
  }

  changeEnvironment(
    workspaceId: string,
    environmentId: string,
    change: Change<Environment, EnvironmentChange>,
  ): Promise<Environment | 'name-taken' | undefined> {
    return this.#run((database) => tenancy.changeEnvironment(database, workspaceId, environmentId, change));
  }

  addKey(key: NewKey): Promise<boolean> {
    return this.#run((database) => tenancy.addKey(database, key));
  }

  keys(workspaceId: string): Promise<ApiKey[]> {
    return this.#run((database) => tenancy.keys(database, workspaceId));
  }

  revokeKey(keyId: string, time: number): Promise<boolean> {
    return this.#run((database) => tenancy.revokeKey(database, keyId, time));
  }

  keyByHash(hash: string): Promise<KeyGrant | undefined> {
    return this.#run((database) => tenancy.keyByHash(database, hash));
  }

  recall(requests: RecallRequest[]): Promise<Recollection[]> {
    return this.#run((database) => database.snapshot((queries) => recall(queries, requests)));
  }

  activity(requests: ActivityRequest[]): Promise<ActivityFacts[]> {
    return this.#run((database) => database.snapshot((queries) => this.#activity.count(queries, requests)));
  }

  dailyEvents(workspaceId: string, since: number, size: number): Promise<DailyEventsSample> {
    return this.#run((database) => dailyEvents(database, workspaceId, since, size));
  }

  record(records: EventRecord[]): Promise<RecordOutcome[]> {
    return this.#run((database) => record(database, records));
  }

  event(scope: EventScope, id: string): Promise<Event | undefined> {
    return this.#run((database) => findEvent(database, scope, id));
  }

  reviseEvent(
    workspaceId: string,
    id: string,
    revise: (event: Event) => Event | undefined,
  ): Promise<Event | undefined> {
    return this.#run((database) => database.write((queries) => reviseEvent(queries, workspaceId, id, revise)));
  }

  searchEvents(search: EventSearch): Promise<EventPage<Event>> {
    return this.#run((database) => searchEvents(database, search));
  }

  recordEdge(events: EdgeEvent[]): Promise<boolean[]> {
    return this.#run((database) => database.write((queries) => recordEdge(queries, events)));
  }

  edgeEvent(scope: EventScope, id: string): Promise<EdgeEvent | undefined> {
    return this.#run((database) => findEdgeEvent(database, scope, id));
  }

  searchEdgeEvents(search: EventSearch): Promise<EventPage<EdgeEvent>> {
    return this.#run((database) => searchEdgeEvents(database, search));
  }

  visitor(workspaceId: string, visitorId: string): Promise<VisitorRow | undefined> {
    return this.#run(async (database) => {
      const [found] = await findVisitors(database, [{ visitor: visitorId, workspace: workspaceId }]);
      return found;
    });
  }

  visitorsByKey(workspaceId: string, key: string): Promise<VisitorRow[]> {
    return this.#run(async (database) => {
      const [found = []] = await findByKeys(database, [{ key, workspace: workspaceId }]);
      return found;
    });
  }

  eraseVisitor(workspaceId: string, visitorId: string): Promise<boolean> {
    return this.#run((database) => eraseVisitor(database, workspaceId, visitorId));
  }

  putRuleset(ruleset: Ruleset, most?: number): Promise<boolean> {
    return this.#run((database) => database.write((queries) => rulesets.putRuleset(queries, ruleset, most)));
  }

  ruleset(workspaceId: string, rulesetId: string): Promise<Ruleset | undefined> {
    return this.#run((database) => rulesets.findRuleset(database, workspaceId, rulesetId));
  }

  rulesets(workspaceId: string): Promise<Ruleset[]> {
    return this.#run((database) => rulesets.rulesets(database, workspaceId));
  }

  deleteRuleset(workspaceId: string, rulesetId: string): Promise<boolean> {
    return this.#run((database) => rulesets.deleteRuleset(database, workspaceId, rulesetId));
  }

  createWebhook(webhook: Webhook, most?: number): Promise<boolean> {
    return this.#run((database) => database.write((queries) => webhooks.createWebhook(queries, webhook, most)));
  }

  webhooks(workspaceId?: string): Promise<Webhook[]> {
    return this.#run((database) => webhooks.webhooks(database, workspaceId));
  }

  changeWebhook(
    workspaceId: string,
    webhookId: string,
    change: Change<Webhook, WebhookChange>,
  ): Promise<Webhook | undefined> {
    return this.#run((database) =>
      database.write((queries) => webhooks.changeWebhook(queries, workspaceId, webhookId, change)),
    );
  }

  deleteWebhook(workspaceId: string, webhookId: string): Promise<boolean> {
    return this.#run((database) => webhooks.deleteWebhook(database, workspaceId, webhookId));
  }

  claimDeliveries(now: number, lease: number, limit: number, busy: readonly string[] = []): Promise<ClaimedDelivery[]> {
    return this.#run((database) => database.write((queries) => claimDeliveries(queries, now, lease, limit, busy)));
  }

  pendingDeliveries(): Promise<{ count: number; oldest: number | null }> {
    return this.#run(deliveries.pendingDeliveries);
  }

  settleDeliveries(settlements: Settlement[]): Promise<boolean[]> {
    return this.#run((database) => database.write((queries) => deliveries.settleDeliveries(queries, settlements)));
  }

  resendDelivery(workspaceId: string, deliveryId: string, now: number): Promise<Delivery | undefined> {
    return this.#run((database) =>
      database.write((queries) => deliveries.resendDelivery(queries, workspaceId, deliveryId, now)),
    );
  }

  deliveries(list: DeliveryList): Promise<Delivery[]> {
    return this.#run((database) => deliveries.deliveries(database, list));
  }

  sweep(time: number, limit: number): Promise<number> {
    return this.#run(async (database) => {
      await this.#partitions.make(time);
      return sweep(database, time, limit);
    });
  }

  /** Failures of the database are told in the operator's terms. */
  async #run<T>(work: (database: PostgresDatabase) => Promise<T>): Promise<T> {
    try {
      return await work(this.#database);
    } catch (error) {
      throw asStoreError(error, this.#url);
    }
  }
}
