import { setImmediate as letOthersWork } from 'node:timers/promises';
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
import { countActivity } from '../count-activity.ts';
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
import * as apiKeys from './api-keys.ts';
import { clearGaps } from './clear-gaps.ts';
import { clearingDue } from './clearing.ts';
import { dailyEvents } from './daily-events.ts';
import * as deliveries from './deliveries.ts';
import { claimDeliveries, pendingDeliveries } from './delivery-line.ts';
import { findEdgeEvent, recordEdge } from './edge-events.ts';
import { eraseSomeOfVisitor } from './erase-visitor.ts';
import { findEvent, reviseEvent } from './events.ts';
import { sweepLinks } from './link-rows.ts';
import { migrate } from './migrate.ts';
import { recall } from './recall.ts';
import { record } from './record.ts';
import { sweepRemembered } from './remembered.ts';
import { rewriteFile } from './rewrite-file.ts';
import * as rulesets from './rulesets.ts';
import { searchEdgeEvents, searchEvents } from './search.ts';
import { secret } from './secret.ts';
import { ServingLock } from './serving-lock.ts';
import { SharedWork } from './shared-work.ts';
import { SqliteActivity } from './sqlite-activity.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { asStoreError } from './sqlite-fault.ts';
import { StalePages } from './stale-pages.ts';
import * as tenancy from './tenancy.ts';
import { findVisitor, visitorsByKey } from './visitors.ts';
import * as webhooks from './webhooks.ts';

type Revision = Parameters<Store['reviseEvent']>[2];

/**
 * The store in one SQLite file. Each method runs to its end before another begins, but for those that delete very much;
 * several processes may share the file.
 */
export class SqliteStore implements Store {
  readonly kind = 'sqlite';
  readonly #database: SqliteDatabase;
  readonly #activity: SqliteActivity;
  #lock: ServingLock | undefined;
  readonly #stale: StalePages;
  /** Zeroing what erased visitors left between the rows: one look at the file serves all that were erased before it. */
  readonly #clearing: SharedWork;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#activity = new SqliteActivity(database);
    this.#stale = new StalePages(database);
    this.#clearing = new SharedWork(() => clearGaps(database, this.#stale));
  }

  /** The server also makes up for what an earlier one has erased and not cleared. */
  migrate(note: (sentence: string) => void = () => undefined): Promise<string[]> {
    return this.#run(async (database) => {
      const taken = migrate(database);
      await rewriteFile(database, note);
      if (this.#lock !== undefined) await this.#clear();
      return taken;
    });
  }

  ping(): Promise<void> {
    return this.#run((database) => {
      database.one('SELECT count(*) FROM workspaces');
    });
  }

  claim(): Promise<void> {
    return this.#run((database) => {
      this.#lock ??= new ServingLock(database.path);
    });
  }

  close(): Promise<void> {
    return this.#run(async (database) => {
      database.close();
      this.#lock?.release();
      await this.#clearing.idle();
      await this.#stale.close();
    });
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
    return this.#write((database) => tenancy.changeWorkspace(database, workspaceId, change));
  }

  createEnvironment(environment: Environment): Promise<boolean> {
    return this.#run((database) => tenancy.createEnvironment(database, environment));
  }

  environments(workspaceId: string): Promise<Environment[]> {
    return this.#run((database) => tenancy.environments(database, workspaceId));
  }

  changeEnvironment(
    workspaceId: string,
    id: string,
    change: Change<Environment, EnvironmentChange>,
  ): Promise<Environment | 'name-taken' | undefined> {
    return this.#write((database) => tenancy.changeEnvironment(database, workspaceId, id, change));
  }

  addKey(key: NewKey): Promise<boolean> {
    return this.#run((database) => apiKeys.addKey(database, key));
  }

  keys(workspaceId: string): Promise<ApiKey[]> {
    return this.#run((database) => apiKeys.keys(database, workspaceId));
  }

  revokeKey(keyId: string, time: number): Promise<boolean> {
    return this.#run((database) => apiKeys.revokeKey(database, keyId, time));
  }

  keyByHash(hash: string): Promise<KeyGrant | undefined> {
    return this.#run((database) => apiKeys.keyByHash(database, hash));
  }

  recall(requests: RecallRequest[]): Promise<Recollection[]> {
    return this.#run((database) => recall(database, requests));
  }

  activity(requests: ActivityRequest[]): Promise<ActivityFacts[]> {
    return this.#run((database) => database.read(() => countActivity(requests, this.#activity)));
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

  reviseEvent(workspaceId: string, id: string, revise: Revision): Promise<Event | undefined> {
    return this.#write((database) => reviseEvent(database, workspaceId, id, revise));
  }

  searchEvents(search: EventSearch): Promise<EventPage<Event>> {
    return this.#run((database) => searchEvents(database, search));
  }

  recordEdge(events: EdgeEvent[]): Promise<boolean[]> {
    return this.#run((database) => recordEdge(database, events));
  }

  edgeEvent(scope: EventScope, id: string): Promise<EdgeEvent | undefined> {
    return this.#run((database) => findEdgeEvent(database, scope, id));
  }

  searchEdgeEvents(search: EventSearch): Promise<EventPage<EdgeEvent>> {
    return this.#run((database) => searchEdgeEvents(database, search));
  }

  visitor(workspaceId: string, visitorId: string): Promise<VisitorRow | undefined> {
    return this.#run((database) => findVisitor(database, workspaceId, visitorId));
  }

  visitorsByKey(workspaceId: string, key: string): Promise<VisitorRow[]> {
    return this.#run((database) => visitorsByKey(database, workspaceId, key));
  }

  /** In many steps, between which other work goes on. */
  async eraseVisitor(workspaceId: string, visitorId: string): Promise<boolean> {
    let found = false;
    for (let more = true; more; await letOthersWork()) {
      const step = await this.#run((database) => eraseSomeOfVisitor(database, workspaceId, visitorId));
      found ||= step.found;
      more = step.more;
    }
    await this.#run(() => this.#clear());
    return found;
  }

  putRuleset(ruleset: Ruleset, most?: number): Promise<boolean> {
    return this.#write((database) => rulesets.putRuleset(database, ruleset, most));
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
    return this.#write((database) => webhooks.createWebhook(database, webhook, most));
  }

  webhooks(workspaceId?: string): Promise<Webhook[]> {
    return this.#run((database) => webhooks.webhooks(database, workspaceId));
  }

  changeWebhook(
    workspaceId: string,
    webhookId: string,
    change: Change<Webhook, WebhookChange>,
  ): Promise<Webhook | undefined> {
    return this.#write((database) => webhooks.changeWebhook(database, workspaceId, webhookId, change));
  }

  async deleteWebhook(workspaceId: string, webhookId: string): Promise<boolean> {
    for (; ; await letOthersWork()) {
      const outcome = await this.#write((database) => webhooks.deleteSomeOfWebhook(database, workspaceId, webhookId));
      if (outcome !== 'more') return outcome === 'deleted';
    }
  }

  claimDeliveries(now: number, lease: number, limit: number, busy?: readonly string[]): Promise<ClaimedDelivery[]> {
    return this.#write((database) => claimDeliveries(database, now, lease, limit, busy));
  }

  pendingDeliveries(): Promise<{ count: number; oldest: number | null }> {
    return this.#run(pendingDeliveries);
  }

  settleDeliveries(settlements: Settlement[]): Promise<boolean[]> {
    return this.#write((database) => settlements.map((each) => deliveries.settleDelivery(database, each)));
  }

  resendDelivery(workspaceId: string, deliveryId: string, now: number): Promise<Delivery | undefined> {
    return this.#write((database) => deliveries.resendDelivery(database, workspaceId, deliveryId, now));
  }

  deliveries(list: DeliveryList): Promise<Delivery[]> {
    return this.#run((database) => deliveries.deliveries(database, list));
  }

  sweep(time: number, limit: number): Promise<number> {
    return this.#write((database) => {
      const forgotten = sweepRemembered(database, time, limit);
      return forgotten + sweepLinks(database, time, limit) + deliveries.sweepDeliveries(database, time, limit);
    });
  }

  async #clear(): Promise<void> {
    if (clearingDue(this.#database, 'gaps') > 0) await this.#clearing.ask();
  }

  /** As below, in one transaction. */
  #write<T>(work: (database: SqliteDatabase) => T): Promise<T> {
    return this.#run((database) => database.write(() => work(database)));
  }

  /** A promise of work, whose failures are told in the operator's terms. */
  async #run<T>(work: (database: SqliteDatabase) => T | Promise<T>): Promise<T> {
    try {
      return await work(this.#database);
    } catch (error) {
      throw asStoreError(error, this.#database.path);
    }
  }
}
