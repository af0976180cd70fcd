import type { EventStore } from '../store.ts';
import { findEdgeEvent, recordEdge } from './edge-events.ts';
import { eraseEdgeEvents } from './erase-edge-events.ts';
import { eraseVisitor } from './erase-visitor.ts';
import { findEvent, reviseEvent } from './events.ts';
import type { GapClearing } from './gap-clearing.ts';
import { searchEdgeEvents, searchEvents } from './search.ts';
import type { SqliteWork } from './sqlite-work.ts';
import { findVisitor, visitorsOfDevice } from './visitors.ts';

/** The part of the store that reads, changes and erases what was recorded. */
export const sqliteEvents = (work: SqliteWork, clearing: GapClearing): EventStore => ({
  event: (scope, id) => work.run((database) => findEvent(database, scope, id)),
  reviseEvent: (workspaceId, id, revise) => work.write((database) => reviseEvent(database, workspaceId, id, revise)),
  searchEvents: (search) => work.run((database) => searchEvents(database, search)),
  recordEdge: (events) => work.whenFree((database) => recordEdge(database, events)),
  edgeEvent: (scope, id) => work.run((database) => findEdgeEvent(database, scope, id)),
  searchEdgeEvents: (search) => work.run((database) => searchEdgeEvents(database, search)),
  eraseEdge: async (workspaceId, erasure) => {
    const count = await work.run((database) => eraseEdgeEvents(database, workspaceId, erasure));
    await work.run(() => clearing.finish());
    return count;
  },
  visitor: (workspaceId, visitorId) => work.run((database) => findVisitor(database, workspaceId, visitorId)),
  visitorsOfDevice: (workspaceId, deviceKey, most) =>
    work.run((database) => visitorsOfDevice(database, workspaceId, deviceKey, most)),
  eraseVisitor: async (workspaceId, visitorId) => {
    const found = await work.run((database) => eraseVisitor(database, workspaceId, visitorId));
    await work.run(() => clearing.finish());
    return found;
  },
});
