import { plainText } from './plain-text.ts';
import type { ActivityRequest, EventRecord } from './store.ts';

/** What is counted with a visitor or with a linked id. Rows are stored by these numbers: none is ever given away again. */
export const LINK_KINDS = {
  visitorIps: 1,
  visitorLinkedIds: 2,
  visitorCountries: 3,
  linkedIdIps: 4,
  linkedIdVisitors: 5,
} as const;

export type LinkName = keyof typeof LINK_KINDS;

/**
 * One value that an event shows with an entity, both as plain text. Rows are stored under the scope, in the column that is
 * named `workspace`: it is the workspace unless an environment counts by itself.
 */
export type Link = {
  workspaceId: string;
  scope: string;
  kind: (typeof LINK_KINDS)[LinkName];
  entity: string;
  value: string;
};

/** The parties of an event that links are made of. */
type Parties = Omit<ActivityRequest, 'time'>;

const plain = (linkedId: string | null): string | null => (linkedId === null ? null : plainText(linkedId));

const ends: Record<LinkName, (parties: Parties) => [entity: string | null, value: string | null]> = {
  visitorIps: ({ visitorId, ip }) => [visitorId, ip],
  visitorLinkedIds: ({ visitorId, linkedId }) => [visitorId, plain(linkedId)],
  visitorCountries: ({ visitorId, country }) => [visitorId, country],
  linkedIdIps: ({ linkedId, ip }) => [plain(linkedId), ip],
  linkedIdVisitors: ({ linkedId, visitorId }) => [plain(linkedId), visitorId],
};

export const linkBetween = (parties: Parties, name: LinkName, entity: string, value: string): Link => ({
  workspaceId: parties.workspaceId,
  scope: parties.scope,
  kind: LINK_KINDS[name],
  entity,
  value,
});

/** The event's link of this name, or null where it has no such entity or value. */
export const linkOf = (parties: Parties, name: LinkName): Link | null => {
  const [entity, value] = ends[name](parties);
  return entity === null || value === null ? null : linkBetween(parties, name, entity, value);
};

/** Every link of a visit: one to five. */
export const linksOf = (parties: Parties): Link[] =>
  (Object.keys(LINK_KINDS) as LinkName[]).map((name) => linkOf(parties, name)).filter((link) => link !== null);

/** An event with what its counters rest on besides. */
export type ShownEvent = Pick<EventRecord, 'event' | 'country' | 'scope'>;

/** Every link that a recorded event shows. */
export const linksShown = ({ event, country, scope }: ShownEvent): Link[] => {
  const { workspaceId, identity, ip, linkedId = null } = event;
  return linksOf({ workspaceId, scope, visitorId: identity.visitorId, ip, linkedId, country });
};
