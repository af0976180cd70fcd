import type { EventStore } from './store/event-store.ts';
import type { RulesetStore } from './store/ruleset-store.ts';
import type { TenancyStore } from './store/tenancy-store.ts';
import type { UpkeepStore } from './store/upkeep-store.ts';
import type { CountStore, VisitStore } from './store/visit-store.ts';
import type { WebhookStore } from './store/webhook-store.ts';

export * from './store/change.ts';
export * from './store/event-store.ts';
export * from './store/ruleset-store.ts';
export * from './store/tenancy-store.ts';
export * from './store/upkeep-store.ts';
export * from './store/visit-store.ts';
export * from './store/webhook-store.ts';

/**
 * What the server asks of a database. Everything is asynchronous and the hot path is batch-shaped, so that SQLite in the
 * process, one PostgreSQL and a Citus cluster fit the same interface. One suite (`testing/store-suite.ts`) runs on every one.
 *
 * Promises reject only for bugs and, with a `StoreError`, for a database that is out of order; all that callers expect is
 * a value.
 */
export interface Store
  extends UpkeepStore,
    TenancyStore,
    VisitStore,
    EventStore,
    CountStore,
    RulesetStore,
    WebhookStore {}
