import type { IngestAnswer, StartAnswer, WireObservation, WireSupplement } from '@whorl/contract';
import { now, roundMs } from '../clock.ts';
import { fail, type Result, succeed } from '../failure.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { post } from './post.ts';
import { withRetries } from './with-retries.ts';

/** Speaks the agent's wire with one environment of a server. */
export type WireClient = {
  /** Gets a nonce ahead, so that the first observation need not wait for one. Never rejects. */
  prepare(): void;
  /** Sends an observation, as often as it takes, each time with a nonce of its own: a nonce is good for one use. */
  ingest(observation: Omit<WireObservation, 'nonce'>, deadline: Deadline): Promise<Result<IngestAnswer>>;
  /** Sends what came late. Nobody waits for it, so its failure is nobody's to handle. */
  supplement(supplement: WireSupplement): Promise<void>;
};

/** Milliseconds after which an unused nonce is left alone: servers take an old one for a replay. */
const NONCE_AGE = 60_000;
/** Milliseconds for requests that no caller has set a time for. */
const SIDE_TIMEOUT = 10_000;

const hasText = <N extends string>(value: unknown, name: N): value is Record<N, string> =>
  typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[name] === 'string';

const isIngestAnswer = (value: unknown): value is IngestAnswer =>
  hasText(value, 'requestId') &&
  (hasText(value, 'visitorId') || hasText(value, 'sealedResult')) &&
  hasText(value, 'nextNonce') &&
  hasText(value, 'proof');

const isStartAnswer = (value: unknown): value is StartAnswer => hasText(value, 'nonce');

const checked =
  <T>(isExpected: (value: unknown) => value is T) =>
  (result: Result<unknown>): Result<T> => {
    if (!result.ok) return result;
    return isExpected(result.value) ? succeed(result.value) : fail({ kind: 'bad-response', status: 200 });
  };

export const createWireClient = (endpoints: readonly [string, ...string[]], publicKey: string): WireClient => {
  const path = `/ingest/v1/${encodeURIComponent(publicKey)}`;
  let nonce: { value: Promise<Result<string>>; since: number; sinceWall: number } | undefined;

  const start = async (endpoint: string, deadline: Deadline): Promise<Result<string>> => {
    const answer = checked(isStartAnswer)(await post(`${endpoint}${path}/start`, '', { deadline }));
    return answer.ok ? succeed(answer.value.nonce) : answer;
  };

  /** Both clocks must agree: the page's stands still while a laptop sleeps, the wall's can be set. */
  const isFresh = ({ since, sinceWall }: { since: number; sinceWall: number }): boolean => {
    const wallAge = Date.now() - sinceWall;
    return now() - since < NONCE_AGE && wallAge >= 0 && wallAge < NONCE_AGE;
  };

  const keep = (value: Promise<Result<string>>): void => {
    nonce = { value, since: now(), sinceWall: Date.now() };
  };

  /** The nonce at hand, if it is fresh and did not fail, else a new one. */
  const takeNonce = async (endpoint: string, deadline: Deadline): Promise<Result<string>> => {
    const ready = nonce;
    nonce = undefined;
    if (ready !== undefined && isFresh(ready)) {
      const result = await Promise.race([ready.value, deadline.over]);
      if (result?.ok) return result;
      if (result === undefined) return fail({ kind: 'timeout' });
    }
    return start(endpoint, deadline);
  };

  return {
    prepare: () => {
      const deadline = startDeadline(SIDE_TIMEOUT);
      keep(start(endpoints[0], deadline).finally(deadline.cancel));
    },
    ingest: (observation, deadline) =>
      withRetries(endpoints, deadline, async (endpoint) => {
        const fresh = await takeNonce(endpoint, deadline);
        if (!fresh.ok) return fresh;
        const timing = { ...observation.timing, end: roundMs(now()) };
        // Drawn anew for each attempt: a body that came before, whose answer got lost, would be taken for a copy.
        const body = JSON.stringify({ ...observation, timing, salt: Math.random(), nonce: fresh.value });
        const answer = checked(isIngestAnswer)(await post(endpoint + path, body, { deadline }));
        if (answer.ok) keep(Promise.resolve(succeed(answer.value.nextNonce)));
        return answer;
      }),
    supplement: async (supplement) => {
      const deadline = startDeadline(SIDE_TIMEOUT);
      const body = JSON.stringify(supplement);
      await withRetries(endpoints, deadline, (endpoint) =>
        post(`${endpoint}${path}/supplement`, body, { deadline, keepalive: true }),
      );
      deadline.cancel();
    },
  };
};
