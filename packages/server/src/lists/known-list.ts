import type { DataSource } from '@whorl/engine';
import { asOf } from './list-age.ts';
import type { HeldList } from './list-answers.ts';
import type { ListBody, ListState } from './list-files.ts';
import type { LoadedRows } from './list-rows.ts';
import type { ListSource } from './list-source.ts';

const dataOf = (source: ListSource, body: ListBody | null): DataSource => ({
  name: source.crawler === undefined ? source.name : `published addresses of ${source.crawler}`,
  builtAt: body === null ? 0 : asOf(body, source),
});

/** A list with what is known of it: what it says, how old that is, and how the looks at its upstream went. */
export class KnownList implements HeldList {
  readonly source: ListSource;
  data: DataSource;
  rows: LoadedRows | null = null;
  state: ListState | null = null;
  /** The text on disk that could not be read, so that this is tried and told once. */
  damaged: string | null = null;

  constructor(source: ListSource) {
    this.source = source;
    this.data = dataOf(source, null);
  }

  /** Takes over what a look or the disk gave. */
  hold(state: ListState, rows: LoadedRows | null): void {
    this.state = state;
    this.rows = rows;
    this.data = dataOf(this.source, rows === null ? null : state.body);
    if (rows !== null) this.damaged = null;
  }
}
