import type { EdgeEvent } from '@whorl/contract';
import { edgeRow } from '../edge-row.ts';
import { packEvent, unpackEvent } from '../event-body.ts';
import { packAddress } from '../pack-address.ts';
import { bucketOf, isRequestId, tailOf, timeOf } from '../request-id.ts';
import type { EventScope } from '../store.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const insertEdge = (database: SqliteDatabase, event: EdgeEvent): boolean => {
  const { id, time } = event;
  if (!isRequestId(id) || timeOf(id) !== time) throw new Error(`the id ${id} does not carry the event's time ${time}`);
  const search = edgeRow(event);
  const { changes, row } = database.run(
    `INSERT INTO edge_events (bucket, time, tail, workspace, environment, ip, other_ip, linked_id, asn, detected, clear, bot_info,
       vpn_confidence, url_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    bucketOf(id),
    time,
    tailOf(id),
    event.workspaceId,
    event.environmentId,
    packAddress(event.ip),
    search.other_ip,
    search.linked_id,
    search.asn,
    search.detected,
    search.clear,
    search.bot_info,
    search.vpn_confidence,
    search.url_hash,
  );
  if (changes === 0) return false;
  database.run('INSERT INTO edge_bodies (row, body) VALUES (?, ?)', row, packEvent(event));
  return true;
};

/** Stores the events in one transaction. See `Store.recordEdge`. */
export const recordEdge = (database: SqliteDatabase, events: readonly EdgeEvent[]): boolean[] =>
  database.write(() => events.map((event) => insertEdge(database, event)));

/** The edge event of this id in the workspace, and in the environment when one is given. */
export const findEdgeEvent = (
  database: SqliteDatabase,
  { workspaceId, environmentId }: EventScope,
  id: string,
): EdgeEvent | undefined => {
  if (!isRequestId(id)) return undefined;
  const found = database.one<{ body: Uint8Array; environment: string | null }>(
    `SELECT body, environment FROM edge_events JOIN edge_bodies USING (row)
     WHERE bucket = ? AND time = ? AND tail = ? AND workspace = ?`,
    bucketOf(id),
    timeOf(id),
    tailOf(id),
    workspaceId,
  );
  if (found === undefined || (environmentId !== undefined && found.environment !== environmentId)) return undefined;
  return unpackEvent<EdgeEvent>(found.body);
};
