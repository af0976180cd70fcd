import type { ActivityRequest, EventRecord, RecallRequest } from '../../packages/server/src/storage/store.ts';
import { WORKSPACE } from '../../packages/server/src/storage/testing/sample-event.ts';

/** What ingest asks the counters about a visit. */
export const asActivity = ({ event, country, scope }: EventRecord): ActivityRequest => ({
  workspaceId: WORKSPACE,
  scope,
  visitorId: event.identity.visitorId,
  ip: event.ip,
  linkedId: event.linkedId ?? null,
  country,
  time: event.time,
});

/** What ingest asks about who a visit may be. */
export const asRecall = ({ event, lesson, nonce, bodyHash, sightingKey }: EventRecord): RecallRequest => ({
  workspaceId: WORKSPACE,
  visitorIds: [event.identity.visitorId],
  keys: lesson?.keys ?? [],
  nonce: nonce ?? '',
  bodyHash,
  sightingKey,
});
