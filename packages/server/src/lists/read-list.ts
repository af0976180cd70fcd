import { type AsnData, asnDataOnce } from '../lookup/asn-data.ts';
import { inSlices } from './in-slices.ts';
import { JsonNetworks } from './json-networks.ts';
import { type LineOutcome, lineReaders, readNetworkLine } from './list-formats.ts';
import { listLimits } from './list-limits.ts';
import { ListRefusal } from './list-refusal.ts';
import { ListRows, type LoadedRows } from './list-rows.ts';
import type { ListSource } from './list-source.ts';

/** How much of a list is read at the most. */
export type ListBounds = {
  /** Characters of a line. */
  line: number;
  rows: number;
  /** Bytes of a file, after unpacking. */
  bytes: number;
};

/** The largest list today has 43,000 rows and 700 kB. */
export const listBounds: ListBounds = { line: 4_096, rows: 250_000, bytes: 8 * 1024 * 1024 };

/** Gives the data of autonomous systems. */
export type OpenAsns = () => Promise<Pick<AsnData, 'extentOf'>>;

const bundledAsns: OpenAsns = asnDataOnce();

/** A list, or in words why it is none. */
export type ListReading = { ok: true; list: LoadedRows } | { ok: false; problem: string };

const refused = (problem: string): ListReading => ({ ok: false, problem });

/** One line in fifty may be something else: upstreams make slips. More is another format, or a damaged file. */
const BAD_SHARE = 1 / 50;

/** So much of a line is shown. */
const SHOWN = 60;

/** Counts what is no row, and remembers the first of it. */
class Slips {
  count = 0;
  first = '';

  note(outcome: LineOutcome, text: string): void {
    if (outcome !== 'bad') return;
    if (this.count === 0) this.first = text.slice(0, SHOWN);
    this.count += 1;
  }
}

type Source = Pick<ListSource, 'kind' | 'format' | 'minimumRows'>;

class ListReader {
  readonly rows = new ListRows();
  readonly slips = new Slips();
  readonly #format: ListSource['format'];
  readonly #bounds: ListBounds;
  #begun = false;
  #json: JsonNetworks | undefined;
  #rest = '';

  constructor(format: ListSource['format'], bounds: ListBounds) {
    this.#format = format;
    this.#bounds = bounds;
  }

  take(text: string): void {
    const pending = this.#rest + text;
    if (!this.#begun) {
      if (pending.trim() === '' && pending.length <= this.#bounds.line) {
        this.#rest = pending;
        return;
      }
      this.#begin(pending.trimStart());
    }
    if (this.#json !== undefined) {
      this.#rest = '';
      this.#json.take(pending);
      return;
    }
    const lines = pending.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
    if (this.#rest.length > this.#bounds.line) throw new ListRefusal(this.#tooLong());
  }

  end(): void {
    if (this.#json !== undefined) this.#json.end();
    else if (this.#rest !== '') this.#line(this.#rest);
  }

  #begin(text: string): void {
    this.#begun = true;
    // No format of a list begins so, and most error pages do, with whatever status they come.
    if (text.startsWith('<')) throw new ListRefusal('it is a web page (HTML or XML) and no list');
    const isJson = this.#format === 'json' || (this.#format === 'crawler' && /^[[{]/.test(text));
    if (!isJson) return;
    const found = (network: string): void => this.#note(readNetworkLine(network, this.rows), network);
    this.#json = new JsonNetworks(found, this.#bounds.line);
  }

  #line(line: string): void {
    if (line.length > this.#bounds.line) throw new ListRefusal(this.#tooLong());
    const format = this.#format === 'crawler' || this.#format === 'json' ? 'networks' : this.#format;
    this.#note(lineReaders[format](line, this.rows), line);
  }

  #note(outcome: LineOutcome, text: string): void {
    this.slips.note(outcome, text);
    if (this.rows.length + this.slips.count > this.#bounds.rows) {
      throw new ListRefusal(`it has over ${this.#bounds.rows} rows`);
    }
  }

  #tooLong(): string {
    return `it has a line of over ${this.#bounds.line} characters`;
  }
}

const judge = async (
  { rows, slips }: ListReader,
  { kind, format, minimumRows }: Source,
  asns: OpenAsns,
): Promise<ListReading> => {
  if (slips.count > (rows.length + slips.count) * BAD_SHARE) {
    const all = rows.length + slips.count;
    return refused(`${slips.count} of its ${all} rows are not of the format ${format}: ${JSON.stringify(slips.first)}`);
  }
  if (rows.length < minimumRows) return refused(`it has ${rows.length} rows, and at least ${minimumRows} are expected`);
  // One row can be a whole access provider, so a system counts as all that it announces.
  if (rows.asns.size > 0) rows.addExtent(await inSlices((await asns()).extentOf(rows.asns)));
  const { addresses, sites } = rows.extent;
  const { most } = listLimits[kind];
  if (addresses > most.addresses) {
    return refused(`it has ${addresses} addresses, and at most ${most.addresses} are believed of such a list`);
  }
  if (sites > most.sites) {
    return refused(
      `it has ${Math.round(sites)} IPv6 networks of /48, and at most ${most.sites} are believed of such a list`,
    );
  }
  return { ok: true, list: await inSlices(rows.load()) };
};

/**
 * Reads a list as it comes, within bounds. Refused are web pages, other formats, lists with too few rows, and whatever
 * exceeds the bounds or what is believed of its kind; the problem is a part of a sentence about "it". Errors of `chunks` reject.
 *
 * @param asns the data by which numbers of systems are judged; asked only for lists that have some
 */
export const readList = async (
  chunks: AsyncIterable<Uint8Array>,
  source: Source,
  bounds: ListBounds = listBounds,
  asns: OpenAsns = bundledAsns,
): Promise<ListReading> => {
  const reader = new ListReader(source.format, bounds);
  const decoder = new TextDecoder();
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > bounds.bytes) return refused(`it has over ${bounds.bytes} bytes`);
      reader.take(decoder.decode(chunk, { stream: true }));
    }
    reader.take(decoder.decode());
    if (bytes === 0) return refused('it is empty');
    reader.end();
  } catch (error) {
    if (error instanceof ListRefusal) return refused(error.message);
    if (error instanceof SyntaxError) return refused('it is no JSON, or was cut off');
    throw error;
  }
  return await judge(reader, source, asns);
};
