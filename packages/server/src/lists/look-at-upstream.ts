import { rm } from 'node:fs/promises';
import { type Doubt, doubtSuccessor } from './doubt-successor.ts';
import { type FetchOutcome, fetchLimits, fetchList } from './fetch-list.ts';
import type { ListBody, ListFiles, ListState } from './list-files.ts';
import type { LoadedRows } from './list-rows.ts';
import type { ListSource } from './list-source.ts';
import { type ListBounds, type OpenAsns, readList } from './read-list.ts';

/** How a look at an upstream ended. `refused`: something came, and it was not the list. `failed`: nothing came. */
export type ListOutcome = 'updated' | 'unchanged' | 'refused' | 'failed';

/** A list as it is held; `rows` null while none is loaded. */
export type Known = { state: ListState | null; rows: LoadedRows | null };

/** A list after a look at its upstream, as it now also lies on disk. */
export type Look = { outcome: ListOutcome; state: ListState; rows: LoadedRows | null };

export type LookSurroundings = {
  files: ListFiles;
  /** Breaks the look off. */
  signal: AbortSignal;
  bounds: ListBounds;
  asns?: OpenAsns | undefined;
  /** Milliseconds that the fetch may take. */
  timeout: number;
  now: () => number;
  /** Whether a list is taken that has suddenly become much shorter or larger: somebody has looked at it and says so. */
  accept: boolean;
};

/** What a look that brought nothing leaves: a doubt of before it stays, for nothing was learned about that. */
const failed = (
  source: ListSource,
  { state, rows }: Known,
  outcome: 'refused' | 'failed',
  text: string,
  at: number,
  doubt: Doubt | undefined = state?.doubt,
): Look => ({
  outcome,
  rows,
  state: {
    url: source.url,
    format: source.format,
    body: state?.body ?? null,
    problem: { at, text, times: (state?.problem?.times ?? 0) + 1 },
    ...(doubt === undefined ? {} : { doubt }),
  },
});

const settled = (source: ListSource, body: ListBody): ListState & { body: ListBody } => ({
  url: source.url,
  format: source.format,
  body,
  problem: null,
});

/** What comes of an answer; where it is a new list, that is in its place on disk by then. */
const take = async (
  source: ListSource,
  known: Known,
  fetched: FetchOutcome,
  file: string,
  { files, bounds, asns, now, accept }: LookSurroundings,
): Promise<Look> => {
  const fail = (outcome: 'refused' | 'failed', text: string) => failed(source, known, outcome, text, now());
  if (fetched.outcome === 'failed') return fail('failed', fetched.problem);
  const body = known.rows === null ? null : (known.state?.body ?? null);
  if (fetched.outcome === 'unchanged' || fetched.sha256 === body?.sha256) {
    if (body === null) return fail('failed', 'it answered with status 304 to a question without a condition');
    const validators = fetched.outcome === 'unchanged' ? {} : fetched.validators;
    const state = settled(source, { ...body, ...validators, confirmedAt: now() });
    return { outcome: 'unchanged', state, rows: known.rows };
  }
  const read = await readList(files.openPart(file), source, bounds, asns);
  if (!read.ok) return fail('refused', read.problem);
  const { rows } = read.list;
  const doubt = known.state?.doubt ?? null;
  const doubted = accept ? null : doubtSuccessor(source.kind, read.list, known.rows, doubt, now());
  if (doubted !== null) {
    const text = `${doubted.problem}; it is taken when three looks over three days find it so, or by "whorl lists refresh --accept ${source.name}"`;
    return failed(source, known, 'refused', text, now(), doubted.doubt);
  }
  const { sha256, bytes, validators } = fetched;
  const at = now();
  const state = settled(source, { sha256, bytes, rows, ...validators, changedAt: at, confirmedAt: at });
  await files.replace(source.name, file, state);
  return { outcome: 'updated', state, rows: read.list };
};

/**
 * Asks the upstream of a list for it. Whatever comes, a list that was good stays until a better one is whole, read and on
 * disk. Undefined where the look was broken off. Rejects only where the disk does not keep what it is given.
 */
export const lookAtUpstream = async (
  source: ListSource,
  known: Known,
  surroundings: LookSurroundings,
): Promise<Look | undefined> => {
  const { files, signal, bounds, timeout } = surroundings;
  const file = files.fresh(source.name);
  // What could not be loaded must come whole, so nothing is said of the copy on disk.
  const body = known.rows === null ? null : known.state?.body;
  try {
    const fetched = await fetchList({
      url: source.url,
      etag: body?.etag ?? null,
      lastModified: body?.lastModified ?? null,
      file,
      signal,
      limits: { ...fetchLimits, bytes: bounds.bytes, timeout },
    });
    if (signal.aborted) return undefined;
    const look = await take(source, known, fetched, file, surroundings);
    if (look.outcome !== 'updated') await files.saveState(source.name, look.state);
    return look;
  } finally {
    await rm(file, { force: true });
  }
};
