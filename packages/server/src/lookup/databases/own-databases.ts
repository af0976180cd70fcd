import type { DataSource } from '@whorl/engine';
import type { Address } from '../address.ts';
import { NetworkDataError } from '../network-data-error.ts';
import { type DatabaseFile, databaseFiles, markOf } from './database-files.ts';
import { findInDatabases, inOrder, type OwnFacts } from './find-in-databases.ts';
import { type Database, openDatabase } from './open-database.ts';

/** The setting that the files are named by. */
const SETTING = 'WHORL_GEO_DATABASE';

/** A file that changed within this time, milliseconds, may still be being written. */
const QUIET = 10_000;

/** A file as people and machines are told of it; `builtAt` in unix milliseconds, null while none is loaded. */
export type DatabaseStatus = { path: string; type: string | null; builtAt: number | null; problem: string | null };

export type DatabaseLog = {
  info(fields: { file: string; type: string; builtAt: string }, message: string): void;
  warn(fields: { setting: string; file: string; problem: string }, message: string): void;
};

export type OwnDatabasesParts = {
  /** Files, and directories of files. */
  paths: readonly string[];
  log?: DatabaseLog | undefined;
  /** Told of each file that was read. */
  count?: ((path: string, outcome: 'loaded' | 'refused') => void) | undefined;
  now?: () => number;
};

/** `mark`: the state of the file that was looked at last, whatever came of it. */
type Slot = { path: string; mark: string | null; database: Database | null; problem: string | null };

const mendOf = (problem: string): string =>
  `${problem}. Give .mmdb files that docs/network-data.md names and that the server may read, or unset it.`;

/**
 * The operator's own `.mmdb` files, recognised by the type that each says of itself. Each gives the parts that it has. A file
 * that is replaced on disk is read anew; one that turned bad leaves the last good one in place.
 */
export class OwnDatabases {
  readonly #parts: OwnDatabasesParts;
  readonly #slots = new Map<string, Slot>();
  #ordered: Database[] = [];

  constructor(parts: OwnDatabasesParts) {
    this.#parts = parts;
  }

  /** The file that is asked for places first; where there is one the bundled places are not asked. */
  get placeSource(): DataSource | undefined {
    return this.#ordered.find(({ kind }) => kind.place > 0)?.source;
  }

  get databases(): readonly Database[] {
    return this.#ordered;
  }

  find(address: Address): OwnFacts {
    return findInDatabases(this.#ordered, address);
  }

  status(): DatabaseStatus[] {
    return [...this.#slots.values()].map(({ path, database, problem }) => ({
      path,
      type: database?.source.name ?? null,
      builtAt: database?.source.builtAt ?? null,
      problem,
    }));
  }

  /**
   * Reads all files. What a directory holds besides, or holds damaged, is told of and left out.
   *
   * @throws NetworkDataError where a file that was named is no good or a directory has none that is, all faults at once
   */
  async load(): Promise<void> {
    const { files, faults } = await databaseFiles(this.#parts.paths);
    for (const file of files) {
      // What is a fault is told once, as the reason why the server does not start.
      await this.#read(this.#slot(file.path), !file.named);
      const { problem } = this.#slot(file.path);
      if (file.named && problem !== null) faults.push({ path: file.path, problem });
    }
    if (faults.length === 0 && this.#ordered.length === 0) {
      faults.push(...this.#parts.paths.map((path) => ({ path, problem: 'none of the files in it can be used' })));
    }
    if (faults.length > 0) {
      throw new NetworkDataError(
        faults.map(({ path, problem }) => `${SETTING}: ${path}: ${mendOf(problem)}`).join('\n'),
      );
    }
  }

  /** Reads the files that are new or were changed since, once they are at rest. What cannot be read stays as it was. */
  async refresh(): Promise<void> {
    const { files } = await databaseFiles(this.#parts.paths);
    const paths = new Set([...files.map(({ path }: DatabaseFile) => path), ...this.#slots.keys()]);
    const now = (this.#parts.now ?? Date.now)();
    for (const path of paths) {
      const found = await markOf(path);
      const slot = this.#slot(path);
      if ((found?.mark ?? null) === slot.mark) continue;
      const age = now - (found?.changedAt ?? 0);
      if (age >= 0 && age < QUIET) continue;
      await this.#read(slot);
    }
    this.#forgetReplaced();
  }

  /** A file that is gone makes room once a newer one of its type is there, as where updates come with a date in their name. */
  #forgetReplaced(): void {
    const slots = [...this.#slots.values()];
    for (const gone of slots) {
      const { source } = gone.database ?? {};
      if (gone.mark !== null || source === undefined) continue;
      const isReplaced = slots.some(
        ({ mark, database }) =>
          mark !== null && database?.source.name === source.name && database.source.builtAt >= source.builtAt,
      );
      if (isReplaced) this.#slots.delete(gone.path);
    }
    this.#order();
  }

  #order(): void {
    this.#ordered = inOrder([...this.#slots.values()].flatMap(({ database }) => database ?? []));
  }

  #slot(path: string): Slot {
    const slot = this.#slots.get(path) ?? { path, mark: null, database: null, problem: null };
    this.#slots.set(path, slot);
    return slot;
  }

  async #read(slot: Slot, tell = true): Promise<void> {
    const before = await markOf(slot.path);
    const opening =
      before === null ? { ok: false as const, problem: 'it is not there' } : await openDatabase(slot.path);
    slot.mark = before?.mark ?? null;
    const { log, count } = this.#parts;
    if (opening.ok) {
      const { source } = opening.database;
      slot.database = opening.database;
      slot.problem = null;
      this.#order();
      count?.(slot.path, 'loaded');
      const builtAt = new Date(source.builtAt).toISOString();
      log?.info({ file: slot.path, type: source.name, builtAt }, 'an address database of your own is used');
      return;
    }
    slot.problem = opening.problem;
    count?.(slot.path, 'refused');
    const rest = slot.database === null ? 'it is left out' : 'the one that was read before is kept';
    if (!tell) return;
    log?.warn(
      { setting: SETTING, file: slot.path, problem: mendOf(opening.problem) },
      `an address database was refused; ${rest}`,
    );
  }
}
