import type { ApiKey, Environment, Event, Workspace } from '@whorl/contract';
import type { ActivityFacts } from '@whorl/engine';
import { countActivity } from '../count-activity.ts';
import type {
  ActivityRequest,
  DailyEventsSample,
  EventRecord,
  KeyGrant,
  NewKey,
  RecallRequest,
  Recollection,
  RecordOutcome,
  Store,
} from '../store.ts';
import { dailyEvents } from './daily-events.ts';
import { findEvent, reviseEvent } from './events.ts';
import { sweepLinks } from './link-rows.ts';
import { migrate } from './migrate.ts';
import { recall } from './recall.ts';
import { record } from './record.ts';
import { sweepRemembered } from './remembered.ts';
import { secret } from './secret.ts';
import { ServingLock } from './serving-lock.ts';
import { SqliteActivity } from './sqlite-activity.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { asStoreError } from './sqlite-fault.ts';
import * as tenancy from './tenancy.ts';

/** The store in one SQLite file. Each method runs to its end before another begins; several processes may share the file. */
export class SqliteStore implements Store {
  readonly kind = 'sqlite';
  readonly #database: SqliteDatabase;
  readonly #activity: SqliteActivity;
  #lock: ServingLock | undefined;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#activity = new SqliteActivity(database);
  }

  migrate(): Promise<string[]> {
    return this.#run(migrate);
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
    return this.#run((database) => {
      database.close();
      this.#lock?.release();
    });
  }

  secret(name: string): Promise<Buffer> {
    return this.#run((database) => secret(database, name));
  }

  createWorkspace(workspace: Workspace): Promise<void> {
    return this.#run((database) => tenancy.createWorkspace(database, workspace));
  }

  workspaces(): Promise<Workspace[]> {
    return this.#run(tenancy.workspaces);
  }

  createEnvironment(environment: Environment): Promise<void> {
    return this.#run((database) => tenancy.createEnvironment(database, environment));
  }

  environments(workspaceId: string): Promise<Environment[]> {
    return this.#run((database) => tenancy.environments(database, workspaceId));
  }

  setAllowedOrigins(environmentId: string, origins: string[]): Promise<boolean> {
    return this.#run((database) => tenancy.setAllowedOrigins(database, environmentId, origins));
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

  event(scope: { workspaceId: string; environmentId?: string }, id: string): Promise<Event | undefined> {
    return this.#run((database) => findEvent(database, scope, id));
  }

  reviseEvent(
    workspaceId: string,
    id: string,
    revise: (event: Event) => Event | undefined,
  ): Promise<Event | undefined> {
    return this.#run((database) => database.write(() => reviseEvent(database, workspaceId, id, revise)));
  }

  sweep(time: number, limit: number): Promise<number> {
    return this.#run((database) =>
      database.write(() => {
        const forgotten = sweepRemembered(database, time, limit);
        return forgotten + sweepLinks(database, time, limit);
      }),
    );
  }

  /** A promise of synchronous work, whose failures are told in the operator's terms. */
  async #run<T>(work: (database: SqliteDatabase) => T): Promise<T> {
    try {
      return work(this.#database);
    } catch (error) {
      throw asStoreError(error, this.#database.path);
    }
  }
}
