import type { KnownList } from './known-list.ts';
import { dueAt } from './list-age.ts';
import type { ListSource } from './list-source.ts';

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

/** What is told of a list as it is now. */
export const listStatus = ({ source, data, rows, state }: KnownList): ListStatus => ({
  name: source.name,
  kind: source.kind,
  url: source.url,
  rows: rows?.rows ?? null,
  asOf: rows === null ? null : data.builtAt,
  dueAt: dueAt(state, source),
  problem: state?.problem ?? null,
});
