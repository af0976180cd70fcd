import type { EventFilter, SearchFlag } from '@whorl/contract';
import { type AddressColumn, type Condition, conditionsOf, type JsonField, NEVER } from './search-conditions.ts';

/** What the rows of a table of events have to be searched by. */
export type SearchSource = {
  /** The columns that conditions may look at. */
  columns: ReadonlySet<Condition['column']> | 'all';
  /** The columns with addresses of the client. */
  addresses: readonly AddressColumn[];
  /** The products, and findings within them, that its events have. */
  flags: ReadonlySet<SearchFlag> | 'all';
};

/** Events of visits. */
export const EVENTS: SearchSource = { columns: 'all', addresses: ['ip'], flags: 'all' };

/** Events of requests that were judged at the edge: they have a part of the columns, see `EdgeRow`. */
export const EDGE_EVENTS: SearchSource = {
  columns: new Set([
    'environment',
    'linked_id',
    'ip',
    'other_ip',
    'asn',
    'url_hash',
    'bot_info',
    'vpn_confidence',
    'detected',
    'clear',
  ]),
  addresses: ['ip', 'other_ip'],
  flags: new Set(['ipInfo', 'vpn', 'proxy', 'datacenter']),
};

/** What a filter demands of the rows of a source, as conditions of which all must hold; undefined where none can match. */
export const conditionsIn = (
  { columns, addresses, flags }: SearchSource,
  filter: EventFilter,
  jsonField: JsonField,
): Condition[] | undefined => {
  const conditions = conditionsOf(filter, jsonField, addresses);
  const asked = Object.keys(filter.flags ?? {}) as SearchFlag[];
  const canMatch =
    conditions.every(({ column, sql }) => sql !== NEVER && (columns === 'all' || columns.has(column))) &&
    asked.every((flag) => flags === 'all' || flags.has(flag));
  return canMatch ? conditions : undefined;
};
