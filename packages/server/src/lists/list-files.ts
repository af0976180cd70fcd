import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

const time = Type.Number({ minimum: 0 });
const size = Type.Number({ minimum: 0 });
const nullable = (text: ReturnType<typeof Type.String>) => Type.Union([text, Type.Null()]);

/** What is kept of a list beside its text. Times are unix milliseconds. */
const ListState = Type.Object({
  /** What the text was fetched as: with another address or format it is another list. */
  url: Type.String(),
  format: Type.String(),
  /** The last good text; null where there was none yet. */
  body: Type.Union([
    Type.Object({
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      bytes: Type.Integer({ minimum: 0 }),
      rows: Type.Integer({ minimum: 0 }),
      etag: nullable(Type.String()),
      lastModified: nullable(Type.String()),
      /** When the upstream gave this text for the first time. */
      changedAt: time,
      /** When it last said that this is its list. */
      confirmedAt: time,
    }),
    Type.Null(),
  ]),
  /** What went wrong since, and how often in a row; null after a look that went well. */
  problem: Type.Union([
    Type.Object({ at: time, text: Type.String(), times: Type.Integer({ minimum: 1 }) }),
    Type.Null(),
  ]),
  /** What is not believed yet in the place of the last good text, since when, and how much it is of what. */
  doubt: Type.Optional(
    Type.Object({
      since: time,
      looks: Type.Optional(Type.Integer({ minimum: 1 })),
      rows: size,
      addresses: size,
      sites: size,
    }),
  ),
});
export type ListState = Static<typeof ListState>;
export type ListBody = NonNullable<ListState['body']>;

const isState = Compile(ListState);

/** Milliseconds after which an unfinished file is nobody's any more. */
const ABANDONED = 60 * 60_000;

/** Bytes that are read, and then parsed, at a time: a few milliseconds of work. */
const PIECE = 16 * 1024;

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/**
 * The lists on disk. Each text lies in a file named after its content, and a small file says which text is the list: that one
 * is replaced by renaming, so there is no moment at which a list is half old and half new, whenever the power fails.
 */
export class ListFiles {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Makes the directory, and removes what broken fetches have left in it. */
  async prepare(now: number): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    for (const file of await readdir(this.#dir)) {
      if (!file.endsWith('.part')) continue;
      const path = join(this.#dir, file);
      const age =
        now -
        (await stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => now,
        ));
      if (age > ABANDONED) await rm(path, { force: true });
    }
  }

  /** A path for a file that is not there yet. */
  fresh(name: string): string {
    return join(this.#dir, `${name}.${randomBytes(6).toString('hex')}.part`);
  }

  /** What is known of a list; null where nothing is, or what is there cannot be read. */
  async state(name: string): Promise<ListState | null> {
    try {
      const parsed: unknown = JSON.parse(await readFile(this.#statePath(name), 'utf8'));
      return isState.Check(parsed) ? parsed : null;
    } catch (error) {
      if (isMissing(error) || error instanceof SyntaxError) return null;
      throw error;
    }
  }

  async saveState(name: string, state: ListState): Promise<void> {
    const path = this.fresh(name);
    await writeFile(path, `${JSON.stringify(state, null, 2)}\n`, { flush: true });
    await rename(path, this.#statePath(name));
  }

  /** The text of a list, in pieces. Rejects where it is not there. */
  open(name: string, { sha256 }: Pick<ListBody, 'sha256'>): AsyncIterable<Uint8Array> {
    return createReadStream(this.#bodyPath(name, sha256), { highWaterMark: PIECE });
  }

  /** A file under {@link fresh}, in pieces. */
  openPart(path: string): AsyncIterable<Uint8Array> {
    return createReadStream(path, { highWaterMark: PIECE });
  }

  /** Puts a fetched file in the place of the list's text, and removes the text before. */
  async replace(name: string, file: string, state: ListState & { body: ListBody }): Promise<void> {
    await rename(file, this.#bodyPath(name, state.body.sha256));
    await this.saveState(name, state);
    const kept = this.#bodyName(name, state.body.sha256);
    const old = (await readdir(this.#dir)).filter(
      (each) => each.startsWith(`${name}.`) && each.endsWith('.list') && each !== kept,
    );
    for (const each of old) await rm(join(this.#dir, each), { force: true });
  }

  #statePath(name: string): string {
    return join(this.#dir, `${name}.json`);
  }

  #bodyName(name: string, sha256: string): string {
    return `${name}.${sha256.slice(0, 16)}.list`;
  }

  #bodyPath(name: string, sha256: string): string {
    return join(this.#dir, this.#bodyName(name, sha256));
  }
}
