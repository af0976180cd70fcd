import type { Event, ExtendedAnswer, Feature, OpenAnswer, SealedAnswer } from '@whorl/contract';

/** What the answer carries beside the event: made anew for each visit, stored nowhere. */
export type AnswerSeals = { token: string | undefined; nextNonce: string; proof: string };

const iso = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());

const extendedOf = ({ signals, browser, ip, identity }: Event, hidden: ReadonlySet<Feature>): ExtendedAnswer => ({
  incognito: signals.incognito.state === 'detected' && !hidden.has('incognito'),
  browserName: browser.browserName,
  browserVersion: browser.browserFullVersion,
  device: browser.device,
  ip,
  os: browser.os,
  osVersion: browser.osVersion,
  firstSeenAt: { global: iso(identity.firstSeen.server), subscription: iso(identity.firstSeen.workspace) },
  lastSeenAt: { global: iso(identity.lastSeen?.server), subscription: iso(identity.lastSeen?.workspace) },
});

const base = ({ id }: Event, { token, nextNonce, proof }: AnswerSeals) => ({
  version: 1 as const,
  requestId: id,
  ...(token === undefined ? {} : { token }),
  nextNonce,
  proof,
});

/** What a page asks for, and what its workspace has switched off. */
export type AnswerOptions = { extended: boolean; hidden: ReadonlySet<Feature> };

/** What the page is told of its event. Nothing of `hidden` features is. */
export const openAnswer = (event: Event, seals: AnswerSeals, { extended, hidden }: AnswerOptions): OpenAnswer => ({
  ...base(event, seals),
  visitorId: event.identity.visitorId,
  visitorFound: event.identity.found,
  confidence: event.identity.confidence,
  ...(hidden.has('suspectScore') || event.suspectScore.failed ? {} : { suspectScore: event.suspectScore.data.result }),
  ...(extended ? { extended: extendedOf(event, hidden) } : {}),
});

/** What the page is told where results are sealed: nothing that it could read, whatever it asked for. */
export const sealedAnswer = (event: Event, seals: AnswerSeals, sealedResult: string): SealedAnswer => ({
  ...base(event, seals),
  sealedResult,
});
