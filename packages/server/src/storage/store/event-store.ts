import type { EdgeEvent, Event, EventPage, EventSearch } from '@whorl/contract';
import type { VisitorRow } from './visit-store.ts';

/** Whose events are meant: of a workspace, or of one environment of it. */
export type EventScope = { workspaceId: string; environmentId?: string };

/** Which edge events are to be erased: that of an id, or all with an address in a network (a CIDR) or with a linked id. */
export type EdgeErasure = { id: string } | { network: string } | { linkedId: string };

/** Events that are recorded, and the visitors that follow from them. */
export interface EventStore {
  /** The event, or undefined when there is none of that id in the scope. */
  event(scope: EventScope, id: string): Promise<Event | undefined>;
  /**
   * Replaces an event by what `revise` makes of it, in one transaction; `revise` returning undefined leaves it alone.
   * Resolves to what is stored afterwards, or undefined when there is no such event.
   */
  reviseEvent(workspaceId: string, id: string, revise: (event: Event) => Event | undefined): Promise<Event | undefined>;
  /** A page of events, all read from one state of the database. */
  searchEvents(search: EventSearch): Promise<EventPage<Event>>;

  /** Stores events of requests that were judged at the edge; false in order for those whose id is taken. */
  recordEdge(events: EdgeEvent[]): Promise<boolean[]>;
  edgeEvent(scope: EventScope, id: string): Promise<EdgeEvent | undefined>;
  /** As `searchEvents`. What edge events do not have, they do not match. */
  searchEdgeEvents(search: EventSearch): Promise<EventPage<EdgeEvent>>;
  /**
   * Deletes edge events of a workspace that were recorded before the call, whichever of their client's addresses lies in the
   * network; returns how many. What is left in the files is as with `eraseVisitor`.
   */
  eraseEdge(workspaceId: string, erasure: EdgeErasure): Promise<number>;

  /** The visitor as last trusted, or undefined. */
  visitor(workspaceId: string, visitorId: string): Promise<VisitorRow | undefined>;
  /** Visitors under a device key, last seen first, at most `most`. */
  visitorsOfDevice(workspaceId: string, deviceKey: number, most: number): Promise<VisitorRow[]>;
  /**
   * Deletes every event of a visitor and all that follows from them: identity, sightings, counters, deliveries. What other
   * visitors' counters say of it is corrected. When it resolves, no row tells of the visitor, and of SQLite's files no byte;
   * free space in the files of PostgreSQL's large tables is written over in time. False when there is no such visitor.
   */
  eraseVisitor(workspaceId: string, visitorId: string): Promise<boolean>;
}
