import type { ListFacts } from '@whorl/engine';
import type { Address } from '../lookup/address.ts';
import type { AddressLists, DatacenterFinding } from '../lookup/address-lists.ts';
import type { CrawlerRanges } from '../lookup/crawler-ranges.ts';
import { fetchLimits } from './fetch-list.ts';
import { KnownList } from './known-list.ts';
import { isDue } from './list-age.ts';
import { ListAnswers } from './list-answers.ts';
import { ListFiles } from './list-files.ts';
import type { ListLog } from './list-log.ts';
import type { ListSource } from './list-source.ts';
import { type ListStatus, listStatus } from './list-status.ts';
import { loadKeptList } from './load-kept-list.ts';
import { type ListOutcome, type Look, lookAtUpstream } from './look-at-upstream.ts';
import { publishCrawlers } from './publish-crawlers.ts';
import { type ListBounds, listBounds, type OpenAsns } from './read-list.ts';
import { type FailedLook, tellFailures } from './tell-failures.ts';

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
  /** By what numbers of systems are judged; where it is missing, lists that have some load the bundled data for it. */
  asns?: OpenAsns;
  /** Milliseconds that a fetch may take. */
  timeout?: number;
};

export type RefreshOptions = { accept?: boolean };

/** Fetches under way at a time. */
const SIDE_BY_SIDE = 4;

/**
 * Lists of addresses: fetched from their upstreams, kept on disk, asked in memory. What is refused or does not come leaves
 * the last good list in place, which grows old, and the engine then says that it knows nothing.
 */
export class NetworkLists implements AddressLists {
  readonly #parts: NetworkListsParts;
  readonly #files: ListFiles;
  readonly #held: readonly KnownList[];
  readonly #broken = new AbortController();
  readonly #now: () => number;
  readonly #bounds: ListBounds;
  #answers: ListAnswers;

  constructor(parts: NetworkListsParts) {
    this.#parts = parts;
    this.#files = new ListFiles(parts.dir);
    this.#now = parts.now ?? Date.now;
    this.#bounds = parts.bounds ?? listBounds;
    this.#held = parts.sources.map((source) => new KnownList(source));
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
    const surroundings = { files: this.#files, bounds: this.#bounds, asns: this.#parts.asns, log: this.#parts.log };
    for (const held of this.#held) changed = (await loadKeptList(held, surroundings)) || changed;
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
    const failed: FailedLook[] = [];
    const work = async (): Promise<void> => {
      for (let held = due.shift(); held !== undefined; held = due.shift()) {
        const outcome = await this.#refreshOne(held, accept, failed);
        if (outcome !== undefined) outcomes.set(held.source.name, outcome);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    tellFailures(failed, this.#parts.log);
    return outcomes;
  }

  /** Breaks off what is being fetched, for a process that ends. Nothing is fetched afterwards. */
  stop(): void {
    this.#broken.abort();
  }

  status(): ListStatus[] {
    return this.#held.map(listStatus);
  }

  async #refreshOne(held: KnownList, accept: boolean, failed: FailedLook[]): Promise<ListOutcome | undefined> {
    if (this.#broken.signal.aborted) return undefined;
    const { source, rows } = held;
    const look = await lookAtUpstream(source, held, {
      files: this.#files,
      signal: this.#broken.signal,
      bounds: this.#bounds,
      asns: this.#parts.asns,
      timeout: this.#parts.timeout ?? fetchLimits.timeout,
      now: this.#now,
      accept,
    });
    if (look === undefined) return undefined;
    this.#parts.count?.(source.name, look.outcome);
    this.#tell(source, look, failed);
    held.hold(look.state, look.rows);
    if (look.rows !== rows || look.outcome === 'unchanged') this.#publish();
    return look.outcome;
  }

  /** What was refused is told at once, each by itself: somebody has to look at it. What did not come is told together. */
  #tell({ name, url }: ListSource, { outcome, state, rows }: Look, failed: FailedLook[]): void {
    if (state.problem === null) return;
    const problem = state.problem.text;
    if (outcome !== 'refused') return void failed.push({ name, url, problem, isKept: rows !== null });
    const rest = rows === null ? 'there is none to go on with' : 'the last good one is kept';
    this.#parts.log.warn({ list: name, url, problem }, `a network list was refused; ${rest}`);
  }

  #publish(): void {
    this.#answers = new ListAnswers(this.#held.map(({ source, data, rows }) => ({ source, data, rows })));
    if (this.#parts.crawlers !== undefined) publishCrawlers(this.#held, this.#parts.crawlers);
  }
}
