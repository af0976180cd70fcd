import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { featuresOf, hashText, keysOf, type Portrait, teachNewcomer } from '@whorl/engine';
import { Counts } from '../../../packages/server/src/ingest/counts.ts';
import { scopedCounts } from '../../../packages/server/src/ingest/scoped-counts.ts';
import { scopedKey } from '../../../packages/server/src/storage/scoped-key.ts';
import { configure } from '../../../packages/server/src/storage/sqlite/configure.ts';
import { raiseCounts, readCounts } from '../../../packages/server/src/storage/sqlite/counts.ts';
import { migrate } from '../../../packages/server/src/storage/sqlite/migrate.ts';
import { recall } from '../../../packages/server/src/storage/sqlite/recall.ts';
import { writeSighting } from '../../../packages/server/src/storage/sqlite/sightings.ts';
import { SqliteDatabase } from '../../../packages/server/src/storage/sqlite/sqlite-database.ts';
import { writeVisitor } from '../../../packages/server/src/storage/sqlite/write-visitor.ts';
import type { EventRecord, Recollection } from '../../../packages/server/src/storage/store.ts';
import { sampleRecord, WORKSPACE } from '../../../packages/server/src/storage/testing/sample-event.ts';
import type { SeenVisit } from '../baselines/matcher.ts';
import { portraitOf } from '../replay/whorl-matcher.ts';

/** The identity scope of all visitors. */
export const SCOPE = hashText(WORKSPACE);

/** A visit's blocking keys as the server asks for them. */
export const keysWithin = (portrait: Portrait) =>
  keysOf(portrait).map(({ name, key }) => ({ name, key: scopedKey(SCOPE, key) }));

const EMPTY = sampleRecord();

/** A file of the server's own with visitors and nothing else: no events, so that its size is what visitors cost. */
export class VisitorFile {
  readonly counts: Counts;
  readonly #directory = mkdtempSync(join(tmpdir(), 'whorl-visitors-'));
  readonly #database = new SqliteDatabase(join(this.#directory, 'whorl.db'), 1_000);
  #waiting: { visit: SeenVisit; portrait: Portrait }[] = [];
  #visitors = 0;

  constructor() {
    const database = this.#database;
    this.counts = new Counts({
      readCounts: async (keys) => readCounts(database, keys),
      raiseCounts: async (raises) => database.write(() => raiseCounts(database, raises)),
      dropFaintCounts: async () => null,
    });
  }

  async open(): Promise<void> {
    await configure(this.#database, 1_000);
    // What is measured is reading: filling the file need not wait for the disk.
    this.#database.exec('PRAGMA synchronous = OFF');
    migrate(this.#database);
  }

  /** Adds a visitor that was first seen in this visit, with all that the server derives from it. */
  async add(visit: SeenVisit): Promise<void> {
    this.#waiting.push({ visit, portrait: portraitOf(visit) });
    if (this.#waiting.length >= 200) await this.flush();
  }

  async flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const time = waiting.at(-1)?.visit.time ?? 0;
    for (const { portrait } of waiting) {
      const { countOf, raised } = scopedCounts(this.counts.at(time), SCOPE);
      this.counts.raise(raised(teachNewcomer(countOf, portrait, [], 1)), time);
    }
    this.#database.write(() => {
      for (const { visit, portrait } of waiting) this.#write(visit, portrait);
    });
    await this.counts.flush();
  }

  recall(keys: readonly number[]): Recollection {
    const request = {
      workspaceId: WORKSPACE,
      visitorIds: [],
      keys: [...keys],
      nonce: '',
      bodyHash: '',
      sightingKey: null,
    };
    const [recollection] = recall(this.#database, [request]);
    if (recollection === undefined) throw new Error('nothing was recalled');
    return recollection;
  }

  get visitors(): number {
    return this.#visitors;
  }

  /** Bytes of the file for each visitor, once all is written. */
  bytesPerVisitor(): number {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const size = this.#database.one<{ bytes: number }>(
      'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
    );
    return (size?.bytes ?? 0) / this.#visitors;
  }

  close(): void {
    this.#database.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #write(visit: SeenVisit, portrait: Portrait): void {
    const { time, components, browserDetails: browser, address } = visit;
    const visitorId = (this.#visitors++).toString(36).padStart(20, 'v');
    const seen = { workspace: time, server: time };
    const sightingKey = hashText(JSON.stringify(portrait.texts)).toString(16).padStart(16, '0');
    const record: EventRecord = {
      ...EMPTY,
      event: { ...EMPTY.event, time, identity: { ...EMPTY.event.identity, visitorId, firstSeen: seen } },
      sightingKey,
      lesson: {
        features: featuresOf({ components, browser, address }),
        portrait,
        brought: false,
        keys: keysWithin(portrait).map(({ key }) => key),
        deviceKey: scopedKey(SCOPE, hashText(`${browser.os} ${address}`)),
        scope: SCOPE,
        raises: [],
      },
    };
    writeSighting(this.#database, { key: sightingKey, workspaceId: WORKSPACE, visitorId }, time);
    writeVisitor(this.#database, record);
  }
}
