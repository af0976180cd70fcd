import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../store.ts';
import { describeActivity } from './suite/activity.ts';
import { describeApiKeys } from './suite/api-keys.ts';
import { describeCounts } from './suite/counts.ts';
import { describeDailyEvents } from './suite/daily-events.ts';
import { describeDeliveries } from './suite/deliveries.ts';
import { describeEdge } from './suite/edge.ts';
import { describeErase } from './suite/erase.ts';
import { describeEraseEdge } from './suite/erase-edge.ts';
import { describeEraseSums } from './suite/erase-sums.ts';
import { describeEvents } from './suite/events.ts';
import { describeNewcomers } from './suite/newcomers.ts';
import { describeOpening } from './suite/opening.ts';
import { describeRecall } from './suite/recall.ts';
import { describeRecord } from './suite/record.ts';
import { describeRulesets } from './suite/rulesets.ts';
import { describeScopes } from './suite/scopes.ts';
import { describeSearch } from './suite/search.ts';
import { describeSweep } from './suite/sweep.ts';
import { describeTenancy } from './suite/tenancy.ts';
import { describeVisitors } from './suite/visitors.ts';
import { describeWebhooks } from './suite/webhooks.ts';

/** An empty database with its schema, and a store on it. */
export type OpenedStore = {
  store: Store;
  /** Another store on the same database, as another process would have. */
  reopen: () => Promise<Store>;
  /** Closes every store that is still open and deletes the database. */
  destroy: () => Promise<void>;
};

/** Gives a part of the suite the database of the running test. */
export type Opened = () => OpenedStore;

/** What every store must do. Each test starts on an empty database. */
export const describeStore = (name: string, open: () => Promise<OpenedStore>): void => {
  // Each commit waits for the disk, and the machine may be busy.
  describe(name, { timeout: 30_000 }, () => {
    let current: OpenedStore | undefined;
    const opened: Opened = () => {
      if (current === undefined) throw new Error('no store is open');
      return current;
    };

    beforeEach(async () => {
      current = await open();
    });

    afterEach(async () => {
      await current?.destroy();
      current = undefined;
    });

    describeOpening(opened);
    describeTenancy(opened);
    describeApiKeys(opened);
    describeRecord(opened);
    describeEvents(opened);
    describeRecall(opened);
    describeActivity(opened);
    describeCounts(opened);
    describeScopes(opened);
    describeDailyEvents(opened);
    describeSearch(opened);
    describeDeliveries(opened);
    describeEdge(opened);
    describeNewcomers(opened);
    describeRulesets(opened);
    describeVisitors(opened);
    describeWebhooks(opened);
    describeErase(opened);
    describeEraseSums(opened);
    describeEraseEdge(opened);
    describeSweep(opened);
  });
};
