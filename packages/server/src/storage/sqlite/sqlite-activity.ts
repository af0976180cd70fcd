import type { ActivityWindow } from '@whorl/engine';
import { type ActivityReader, entityOf, type LinkedValues } from '../count-activity.ts';
import type { Link } from '../links.ts';
import { type ActivityRequest, BUSY_VALUES } from '../store.ts';
import { addressLine, countLine, visitorLine } from './event-line.ts';
import { linkedValues } from './linked-values.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** A count that took so long is used again for this many times as long: one busy entity costs at most 2% of the time. */
const REST = 50;

/** Most counts that are kept for use again. An entity enters only with more than `BUSY_VALUES` values. */
const MOST_KEPT = 256;

type Kept = { values: LinkedValues; until: number };

/** What the counters read of SQLite. */
export class SqliteActivity implements ActivityReader {
  readonly #database: SqliteDatabase;
  readonly #busyValues: number;
  /** Counts over very many values, by entity: reading them all for each batch would let one linked id stop the server. */
  readonly #kept = new Map<string, Kept>();

  constructor(database: SqliteDatabase, busyValues = BUSY_VALUES) {
    this.#database = database;
    this.#busyValues = busyValues;
  }

  visitorEvents(request: ActivityRequest): ActivityWindow {
    return countLine(this.#database, visitorLine(request), request.time);
  }

  ipEvents(request: ActivityRequest): ActivityWindow {
    return countLine(this.#database, addressLine(request), request.time);
  }

  values(link: Link, from: number, to: number): LinkedValues {
    const entity = entityOf(link);
    const started = performance.now();
    const kept = this.#kept.get(entity);
    if (kept !== undefined && started < kept.until) return kept.values;
    const values = linkedValues(this.#database, link, from, to);
    const took = performance.now() - started;
    this.#kept.delete(entity);
    if (values.count(to).day > this.#busyValues) this.#keep(entity, { values, until: started + took * REST });
    return values;
  }

  #keep(entity: string, kept: Kept): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(entity, kept);
  }
}
