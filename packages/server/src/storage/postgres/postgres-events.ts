import type { EventStore } from '../store.ts';
import { findEdgeEvent, recordEdge } from './edge-events.ts';
import { eraseEdgeEvents } from './erase-edge-events.ts';
import { eraseVisitor } from './erase-visitor.ts';
import { findEvent, reviseEvent } from './events.ts';
import type { PostgresWork } from './postgres-work.ts';
import { searchEdgeEvents, searchEvents } from './search.ts';
import { findVisitors, visitorsOfDevice } from './visitors.ts';

/** The part of the store that reads, changes and erases what was recorded. */
export const postgresEvents = (work: PostgresWork): EventStore => ({
  event: (scope, id) => work.run((database) => findEvent(database, scope, id)),
  reviseEvent: (workspaceId, id, revise) => work.write((queries) => reviseEvent(queries, workspaceId, id, revise)),
  searchEvents: (search) => work.run((database) => searchEvents(database, search)),
  recordEdge: (events) => work.write((queries) => recordEdge(queries, events)),
  edgeEvent: (scope, id) => work.run((database) => findEdgeEvent(database, scope, id)),
  searchEdgeEvents: (search) => work.run((database) => searchEdgeEvents(database, search)),
  eraseEdge: (workspaceId, erasure) => work.run((database) => eraseEdgeEvents(database, workspaceId, erasure)),
  visitor: (workspaceId, visitorId) =>
    work.run(async (database) => {
      const [found] = await findVisitors(database, [{ visitor: visitorId, workspace: workspaceId }]);
      return found;
    }),
  visitorsOfDevice: (workspaceId, deviceKey, most) =>
    work.run((database) => visitorsOfDevice(database, workspaceId, deviceKey, most)),
  eraseVisitor: (workspaceId, visitorId) => work.run((database) => eraseVisitor(database, workspaceId, visitorId)),
});
