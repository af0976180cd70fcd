import type { Event, V3Event } from '@whorl/contract';
import { type Failure, failureOf, failureOfAnswer } from './failure.ts';
import type { Site } from './site.ts';

/** One event in both of its forms: the canonical record, and what `GET /events/{request_id}` answers. */
export type DemoEvent = { event: Event; v3: V3Event };

/** The server answers from its own memory or disk; more than this is a fault somewhere in between. */
const TIMEOUT_MS = 10_000;

/** Reads this page's own event; the visit's `proof` stands in for a secret key and opens this one event only. */
export const fetchEvent = async (site: Site, requestId: string, proof: string): Promise<DemoEvent | Failure> => {
  const address = `${site.base}demo/events/${encodeURIComponent(requestId)}?proof=${encodeURIComponent(proof)}`;
  try {
    const response = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return failureOfAnswer('event', response.status, await response.json().catch(() => null));
    return (await response.json()) as DemoEvent;
  } catch (thrown) {
    return failureOf('event', 'NetworkError', thrown instanceof Error ? thrown.message : String(thrown));
  }
};
