import type { Event, ExtendedAnswer, IngestAnswer } from '@whorl/contract';

/** What the answer carries beside the event: made anew for each visit, stored nowhere. */
export type AnswerSeals = { token: string | undefined; nextNonce: string; proof: string };

const iso = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());

const extendedOf = ({ signals, browser, ip, identity }: Event): ExtendedAnswer => ({
  incognito: signals.incognito.state === 'detected',
  browserName: browser.browserName,
  browserVersion: browser.browserFullVersion,
  device: browser.device,
  ip,
  os: browser.os,
  osVersion: browser.osVersion,
  firstSeenAt: { global: iso(identity.firstSeen.server), subscription: iso(identity.firstSeen.workspace) },
  lastSeenAt: { global: iso(identity.lastSeen?.server), subscription: iso(identity.lastSeen?.workspace) },
});

/** What the page is told of its event. */
export const answer = (event: Event, seals: AnswerSeals, extended: boolean): IngestAnswer => ({
  version: 1,
  requestId: event.id,
  visitorId: event.identity.visitorId,
  visitorFound: event.identity.found,
  confidence: event.identity.confidence,
  suspectScore: event.suspectScore.data.result,
  ...(seals.token === undefined ? {} : { token: seals.token }),
  nextNonce: seals.nextNonce,
  proof: seals.proof,
  ...(extended ? { extended: extendedOf(event) } : {}),
});
