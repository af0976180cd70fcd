import type { EdgeEvent } from '@whorl/contract';
import { type EdgeRow, edgeRow } from '../edge-row.ts';
import { packEvent, unpackEvent } from '../event-body.ts';
import { packAddress } from '../pack-address.ts';
import { bucketOf, isRequestId, tailOf, timeOf } from '../request-id.ts';
import type { EventScope } from '../store.ts';
import { type EventPlace, idAt, PLACE, placeOf } from './event-place.ts';
import type { Queries } from './postgres-database.ts';
import { type TableColumns, withRows } from './table-columns.ts';

const SEARCH: TableColumns<EdgeRow> = {
  other_ip: 'bytea',
  linked_id: 'text',
  asn: 'text',
  detected: 'bigint',
  clear: 'bigint',
  bot_info: 'text',
  vpn_confidence: 'text',
  url_hash: 'bigint',
};

const COLUMNS = { ...PLACE, workspace: 'text', environment: 'text', ip: 'bytea', ...SEARCH, body: 'bytea' };

const rowOf = (event: EdgeEvent) => ({
  ...placeOf(event.id),
  workspace: event.workspaceId,
  environment: event.environmentId,
  ip: packAddress(event.ip),
  ...edgeRow(event),
  body: packEvent(event),
});

/** Stores the events by one statement. See `Store.recordEdge`. */
export const recordEdge = async (queries: Queries, events: readonly EdgeEvent[]): Promise<boolean[]> => {
  // Of several with one id the first is meant.
  const byId = new Map<string, EdgeEvent>();
  for (const event of events) {
    const { id, time } = event;
    if (!isRequestId(id) || timeOf(id) !== time)
      throw new Error(`the id ${id} does not carry the event's time ${time}`);
    if (!byId.has(id)) byId.set(id, event);
  }
  const names = Object.keys(COLUMNS).join(', ');
  const stored = await withRows<ReturnType<typeof rowOf>, EventPlace>(
    queries,
    `INSERT INTO whorl.edge_events (${names}) SELECT ${names} FROM :rows ORDER BY at
     ON CONFLICT DO NOTHING RETURNING bucket, time, tail`,
    COLUMNS,
    [...byId.keys()]
      .sort()
      .flatMap((id) => byId.get(id) ?? [])
      .map(rowOf),
  );
  const ids = new Set(stored.map(idAt));
  return events.map((event) => ids.has(event.id) && byId.get(event.id) === event);
};

/** The edge event of this id in the workspace, and in the environment when one is given. */
export const findEdgeEvent = async (
  queries: Queries,
  { workspaceId, environmentId }: EventScope,
  id: string,
): Promise<EdgeEvent | undefined> => {
  if (!isRequestId(id)) return undefined;
  const found = await queries.one<{ body: Buffer; environment: string | null }>(
    `SELECT body, environment FROM whorl.edge_events
     WHERE bucket = $1 AND time = $2 AND tail = $3 AND workspace = $4`,
    bucketOf(id),
    timeOf(id),
    tailOf(id),
    workspaceId,
  );
  if (found === undefined || (environmentId !== undefined && found.environment !== environmentId)) return undefined;
  return unpackEvent<EdgeEvent>(found.body);
};
