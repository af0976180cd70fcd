import { createHash } from 'node:crypto';
import type { Event } from '@whorl/contract';
import type { EventRecord, Store } from '../storage/store.ts';
import { ImportFault } from './exported-event.ts';
import type { JsonDocument } from './json-documents.ts';
import { type ReadEvent, readExport } from './read-export.ts';
import { type ImportOwner, type TakenEvent, toEvent } from './to-event.ts';

/**
 * What became of the events of an export. `noted`: of those that were imported, how many have a part that is not
 * understood and was left out.
 */
export type ImportCounts = { imported: number; known: number; faulty: number; noted: number };

export type ImportOptions = {
  owner: ImportOwner;
  store: Store;
  /** False: read and check everything, ask the store, and store nothing. */
  write: boolean;
  /** Ids that would be stored by now, where nothing is: shared by the files of one import. */
  foreseen?: Set<string>;
  /** Is told of every event that cannot be taken. */
  onFault: (line: number, fault: string) => void;
  /** Is told of what is left out of an event that is taken. */
  onNote: (line: number, note: string) => void;
  /** Is told the counts after every transaction. */
  onProgress: (counts: ImportCounts) => void;
};

type Waiting = TakenEvent & { line: number };

type Outcome = 'imported' | 'known' | 'foreign';

/**
 * Exports begin with the newest event, and stores number events by their time: one that comes before many others costs
 * more than one that comes after them. So events wait until there are so many, or so many bytes, and go in by their time.
 */
const CHUNK = { events: 5_000, bytes: 32 * 1024 * 1024 };

/** Most events of one transaction. */
const BATCH = 100;

/** How long a transaction should take, milliseconds: visits to a server on the same database wait for it. */
const PACE = 250;

/** An imported event teaches nothing: the hosted service's hashes are not comparable with ours. */
const toRecord = (event: Event, scope: string): EventRecord => ({
  event,
  country: (event.signals.ipInfo.data.v4 ?? event.signals.ipInfo.data.v6)?.geolocation.country?.code ?? null,
  scope,
  nonce: null,
  bodyHash: createHash('sha256').update(`import ${event.id}`).digest('hex').slice(0, 32),
  nonceExpires: event.time,
  sightingKey: null,
  lesson: null,
  newcomer: null,
  webhookIds: [],
});

/** The import of one file: takes its documents one after another, and stores the events in them under their own ids. */
export class ImportRun {
  readonly #options: ImportOptions;
  readonly #foreseen: Set<string>;
  readonly #counts: ImportCounts = { imported: 0, known: 0, faulty: 0, noted: 0 };
  #waiting: Waiting[] = [];
  #bytes = 0;
  #batch = BATCH;

  constructor(options: ImportOptions) {
    this.#options = options;
    this.#foreseen = options.foreseen ?? new Set();
  }

  async take(document: JsonDocument): Promise<void> {
    if (!document.ok) {
      this.#refuse(document.line, document.fault);
      return;
    }
    for (const read of readExport(document.value)) {
      this.#takeEvent(document.line, read);
      if (this.#waiting.length >= CHUNK.events || this.#bytes >= CHUNK.bytes) await this.#flush();
    }
  }

  /** To be called after the last document. */
  async finish(): Promise<ImportCounts> {
    await this.#flush();
    return { ...this.#counts };
  }

  #takeEvent(line: number, read: ReadEvent): void {
    try {
      if (!read.ok) throw new ImportFault(read.fault);
      const taken = toEvent(read.event, this.#options.owner);
      this.#waiting.push({ ...taken, line });
      this.#bytes += taken.bytes;
    } catch (error) {
      if (!(error instanceof ImportFault)) throw error;
      this.#refuse(line, error.message);
    }
  }

  /** Of two with the same id, the one that came first stays first: they have the same time. */
  async #flush(): Promise<void> {
    const sorted = this.#waiting.sort((a, b) => a.event.time - b.event.time);
    this.#waiting = [];
    this.#bytes = 0;
    while (sorted.length > 0) {
      const batch = sorted.splice(0, this.#batch);
      const begun = performance.now();
      const outcomes = await (this.#options.write ? this.#record(batch) : this.#foresee(batch));
      const took = performance.now() - begun;
      this.#batch = Math.min(BATCH, Math.max(1, Math.floor((batch.length * PACE) / took)));
      for (const [at, each] of batch.entries()) this.#settle(each, outcomes[at] ?? 'foreign');
      this.#options.onProgress({ ...this.#counts });
    }
  }

  async #record(batch: readonly Waiting[]): Promise<Outcome[]> {
    const { store, owner } = this.#options;
    const outcomes = await store.record(batch.map(({ event }) => toRecord(event, owner.scope)));
    const told = batch.map(async ({ event }, at): Promise<Outcome> => {
      if (outcomes[at] === 'recorded') return 'imported';
      return (await this.#isIn(owner.workspaceId, event.id)) ? 'known' : 'foreign';
    });
    return Promise.all(told);
  }

  /** What storing these would come to. */
  async #foresee(batch: readonly Waiting[]): Promise<Outcome[]> {
    const { store, owner } = this.#options;
    const outcomes: Outcome[] = [];
    const others = (await store.workspaces()).map(({ id }) => id).filter((id) => id !== owner.workspaceId);
    for (const { event } of batch) {
      const isKnown = this.#foreseen.has(event.id) || (await this.#isIn(owner.workspaceId, event.id));
      const elsewhere = isKnown ? [] : await Promise.all(others.map((id) => this.#isIn(id, event.id)));
      outcomes.push(isKnown ? 'known' : elsewhere.includes(true) ? 'foreign' : 'imported');
      if (outcomes.at(-1) === 'imported') this.#foreseen.add(event.id);
    }
    return outcomes;
  }

  async #isIn(workspaceId: string, id: string): Promise<boolean> {
    return (await this.#options.store.event({ workspaceId }, id)) !== undefined;
  }

  #settle({ line, event, notes }: Waiting, outcome: Outcome): void {
    if (outcome === 'foreign') {
      this.#refuse(line, `the id ${event.id} is taken by an event of another workspace`);
      return;
    }
    this.#counts[outcome]++;
    if (outcome === 'known' || notes.length === 0) return;
    this.#counts.noted++;
    for (const note of notes) this.#options.onNote(line, note);
  }

  #refuse(line: number, fault: string): void {
    this.#counts.faulty++;
    this.#options.onFault(line, fault);
  }
}
