import type { DataSource, ListFacts } from '@whorl/engine';
import type { Address } from '../lookup/address.ts';
import type { AddressLists, DatacenterFinding } from '../lookup/address-lists.ts';
import type { CrawlerRanges } from '../lookup/crawler-ranges.ts';
import { fetchLimits } from './fetch-list.ts';
import { asOf, dueAt, isDue } from './list-age.ts';
import { type HeldList, ListAnswers } from './list-answers.ts';
import { type ListBody, ListFiles, type ListState } from './list-files.ts';
import type { LoadedRows } from './list-rows.ts';
import type { ListSource } from './list-source.ts';
import { type ListOutcome, type Look, lookAtUpstream } from './look-at-upstream.ts';
import { publishCrawlers } from './publish-crawlers.ts';
import { type ListBounds, listBounds, readList } from './read-list.ts';

/** A list as people and machines are told of it. Times are unix milliseconds. */
export type ListStatus = {
  name: string;
  kind: ListSource['kind'];
  url: string;
  /** Rows in memory; null while the list is not loaded. */
  rows: number | null;
  asOf: number | null;
  /** When its upstream is looked at next; 0: at once. */
  dueAt: number;
  problem: { at: number; text: string } | null;
};

export type ListLog = { warn(fields: { list: string; problem: string; url?: string }, message: string): void };

export type NetworkListsParts = {
  sources: readonly ListSource[];
  /** The directory of the lists; made at the first fetch. */
  dir: string;
  /** Takes the published addresses of bots; where it is missing those are only kept. */
  crawlers?: CrawlerRanges;
  log: ListLog;
  count?: (name: string, outcome: ListOutcome) => void;
  now?: () => number;
  bounds?: ListBounds;
  /** Milliseconds that a fetch may take. */
  timeout?: number;
};

export type RefreshOptions = { accept?: boolean };

/** `damaged`: the text on disk that could not be read, so that this is tried and told once. */
type Held = HeldList & { state: ListState | null; damaged: string | null };

/** Fetches under way at a time. */
const SIDE_BY_SIDE = 4;

const dataOf = (source: ListSource, body: ListBody | null): DataSource => ({
  name: source.crawler === undefined ? source.name : `published addresses of ${source.crawler}`,
  builtAt: body === null ? 0 : asOf(body, source),
});

/**
 * Lists of addresses: fetched from their upstreams, kept on disk, asked in memory. What is refused or does not come leaves
 * the last good list in place, which grows old, and the engine then says that it knows nothing.
 */
export class NetworkLists implements AddressLists {
  readonly #parts: NetworkListsParts;
  readonly #files: ListFiles;
  readonly #held: readonly Held[];
  readonly #broken = new AbortController();
  readonly #now: () => number;
  readonly #bounds: ListBounds;
  #answers: ListAnswers;

  constructor(parts: NetworkListsParts) {
    this.#parts = parts;
    this.#files = new ListFiles(parts.dir);
    this.#now = parts.now ?? Date.now;
    this.#bounds = parts.bounds ?? listBounds;
    this.#held = parts.sources.map((source) => ({
      source,
      data: dataOf(source, null),
      rows: null,
      state: null,
      damaged: null,
    }));
    this.#answers = new ListAnswers(this.#held);
  }

  find(address: Pick<Address, 'family' | 'words'>, asn: number | undefined, time: number): ListFacts {
    return this.#answers.find(address, asn, time);
  }

  datacenterOf(address: Pick<Address, 'family' | 'words'>, asn: number | undefined): DatacenterFinding | undefined {
    return this.#answers.datacenterOf(address, asn);
  }

  /** Loads what is on disk and not in memory: at the start, and after another process has fetched. Fetches nothing. */
  async load(): Promise<void> {
    let changed = false;
    for (const held of this.#held) changed = (await this.#loadOne(held)) || changed;
    if (changed) this.#publish();
  }

  /**
   * Looks at the upstreams that are due, or at those named, whenever they are due. Resolves to what came of each. `accept`: takes
   * what has suddenly become much shorter or larger, too.
   */
  async refresh(names?: readonly string[], { accept = false }: RefreshOptions = {}): Promise<Map<string, ListOutcome>> {
    await this.#files.prepare(this.#now());
    await this.load();
    const now = this.#now();
    const due = this.#held.filter(({ source, state }) =>
      names === undefined ? isDue(state, source, now) : names.includes(source.name),
    );
    const outcomes = new Map<string, ListOutcome>();
    const work = async (): Promise<void> => {
      for (let held = due.shift(); held !== undefined; held = due.shift()) {
        const outcome = await this.#refreshOne(held, accept);
        if (outcome !== undefined) outcomes.set(held.source.name, outcome);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    return outcomes;
  }

  /** Breaks off what is being fetched, for a process that ends. Nothing is fetched afterwards. */
  stop(): void {
    this.#broken.abort();
  }

  status(): ListStatus[] {
    return this.#held.map(({ source, data, rows, state }) => ({
      name: source.name,
      kind: source.kind,
      url: source.url,
      rows: rows?.rows ?? null,
      asOf: rows === null ? null : data.builtAt,
      dueAt: dueAt(state, source),
      problem: state?.problem ?? null,
    }));
  }

  /** Whether anything changed of what the list says. */
  async #loadOne(held: Held): Promise<boolean> {
    const { source } = held;
    const stored = await this.#files.state(source.name);
    // A list of another address or format is not this one, whatever its name.
    if (stored === null || stored.url !== source.url || stored.format !== source.format) return false;
    const { body } = stored;
    const known = held.rows === null ? undefined : held.state?.body;
    if (body === null) held.state ??= stored;
    if (body === null || body.sha256 === held.damaged) return false;
    if (body.sha256 === known?.sha256) {
      if (body.confirmedAt <= known.confirmedAt) return false;
      this.#hold(held, stored, held.rows);
      return true;
    }
    const rows = await this.#readKept(held, body);
    if (rows !== null) this.#hold(held, stored, rows);
    return rows !== null;
  }

  /** The rows of a list on disk; null, with a word in the log, where the file is gone or damaged. */
  async #readKept(held: Held, body: ListBody): Promise<LoadedRows | null> {
    const { source } = held;
    const read = await readList(this.#files.open(source.name, body), source, this.#bounds).catch((error: unknown) => ({
      ok: false as const,
      problem: error instanceof Error ? error.message : String(error),
    }));
    if (read.ok && read.list.rows === body.rows) return read.list;
    const problem = read.ok ? `it has ${read.list.rows} rows, and had ${body.rows} when it was kept` : read.problem;
    held.damaged = body.sha256;
    this.#parts.log.warn({ list: source.name, problem }, 'a network list on disk is damaged; it will be fetched anew');
    return null;
  }

  async #refreshOne(held: Held, accept: boolean): Promise<ListOutcome | undefined> {
    if (this.#broken.signal.aborted) return undefined;
    const { source, rows } = held;
    const look = await lookAtUpstream(source, held, {
      files: this.#files,
      signal: this.#broken.signal,
      bounds: this.#bounds,
      timeout: this.#parts.timeout ?? fetchLimits.timeout,
      now: this.#now,
      accept,
    });
    if (look === undefined) return undefined;
    this.#parts.count?.(source.name, look.outcome);
    this.#tell(source, look);
    this.#hold(held, look.state, look.rows);
    if (look.rows !== rows || look.outcome === 'unchanged') this.#publish();
    return look.outcome;
  }

  #tell({ name, url }: ListSource, { outcome, state, rows }: Look): void {
    if (state.problem === null) return;
    const what = outcome === 'refused' ? 'was refused' : 'could not be fetched';
    const rest = rows === null ? 'there is none to go on with' : 'the last good one is kept';
    this.#parts.log.warn({ list: name, url, problem: state.problem.text }, `a network list ${what}; ${rest}`);
  }

  #hold(held: Held, state: ListState, rows: LoadedRows | null): void {
    held.state = state;
    held.rows = rows;
    held.data = dataOf(held.source, rows === null ? null : state.body);
    if (rows !== null) held.damaged = null;
  }

  #publish(): void {
    this.#answers = new ListAnswers(this.#held.map(({ source, data, rows }) => ({ source, data, rows })));
    if (this.#parts.crawlers !== undefined) publishCrawlers(this.#held, this.#parts.crawlers);
  }
}
