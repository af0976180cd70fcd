import type { KnownList } from './known-list.ts';
import type { ListBody, ListFiles } from './list-files.ts';
import type { ListLog } from './list-log.ts';
import type { LoadedRows } from './list-rows.ts';
import { type ListBounds, type OpenAsns, readList } from './read-list.ts';

export type KeptListSurroundings = {
  files: ListFiles;
  bounds: ListBounds;
  asns?: OpenAsns | undefined;
  log: ListLog;
};

/** The rows of a list on disk; null, with a word in the log, where the file is gone or damaged. */
const readKept = async (
  known: KnownList,
  body: ListBody,
  { files, bounds, asns, log }: KeptListSurroundings,
): Promise<LoadedRows | null> => {
  const { source } = known;
  const read = await readList(files.open(source.name, body), source, bounds, asns).catch((error: unknown) => ({
    ok: false as const,
    problem: error instanceof Error ? error.message : String(error),
  }));
  if (read.ok && read.list.rows === body.rows) return read.list;
  const problem = read.ok ? `it has ${read.list.rows} rows, and had ${body.rows} when it was kept` : read.problem;
  known.damaged = body.sha256;
  log.warn({ list: source.name, problem }, 'a network list on disk is damaged; it will be fetched anew');
  return null;
};

/** Takes over what the disk has of a list and memory has not. Whether anything changed of what the list says. */
export const loadKeptList = async (known: KnownList, surroundings: KeptListSurroundings): Promise<boolean> => {
  const { source } = known;
  const stored = await surroundings.files.state(source.name);
  // A list of another address or format is not this one, whatever its name.
  if (stored === null || stored.url !== source.url || stored.format !== source.format) return false;
  const { body } = stored;
  if (body === null) known.state ??= stored;
  if (body === null || body.sha256 === known.damaged) return false;
  const loaded = known.rows === null ? undefined : known.state?.body;
  if (body.sha256 === loaded?.sha256) {
    if (body.confirmedAt <= loaded.confirmedAt) return false;
    known.hold(stored, known.rows);
    return true;
  }
  const rows = await readKept(known, body, surroundings);
  if (rows !== null) known.hold(stored, rows);
  return rows !== null;
};
