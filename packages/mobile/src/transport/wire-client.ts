import type { IngestAnswer, StartAnswer, WireObservation } from '@whorl/contract';
import { SIGNATURE_HEADER, signBody } from '../crypto/sign-body.ts';
import { BadResponseError, fail, type Result, SigningError, succeed } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import type { Deadline } from './deadline.ts';
import { post } from './post.ts';
import { type Endpoints, withRetries } from './with-retries.ts';

/** Milliseconds after which an unused nonce is left alone: servers take an old one for a replay. */
const NONCE_AGE = 60_000;

/** What a client speaks with one environment of a server by. */
export type WireSettings = {
  runtime: Runtime;
  endpoints: Endpoints;
  publicKey: string;
  /** The key that bodies are signed with; undefined for none. Asked for before each observation. */
  signingKey: () => Promise<string | undefined>;
};

/** Writes an observation for a nonce. Called once for each attempt, so that no two attempts are copies of each other. */
export type WriteObservation = (nonce: string) => Promise<WireObservation>;

/** Speaks the wire with one environment of a server. */
export type WireClient = {
  /** Gets a nonce ahead, so that the next observation need not wait for one. */
  prepare(deadline: Deadline): Promise<void>;
  /** Sends an observation, as often as it takes, each time with a nonce of its own: a nonce is good for one use. */
  ingest(write: WriteObservation, deadline: Deadline): Promise<Result<IngestAnswer>>;
};

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const isStartAnswer = (value: unknown): value is StartAnswer => typeof fieldsOf(value).nonce === 'string';

const isIngestAnswer = (value: unknown): value is IngestAnswer => {
  const { requestId, nextNonce, proof, token, visitorId, sealedResult } = fieldsOf(value);
  return (
    [requestId, nextNonce, proof, visitorId ?? sealedResult].every((each) => typeof each === 'string') &&
    (token === undefined || typeof token === 'string')
  );
};

const checked = <T>(result: Result<unknown>, isExpected: (value: unknown) => value is T): Result<T> => {
  if (!result.ok) return result;
  return isExpected(result.value) ? succeed(result.value) : fail(new BadResponseError(200));
};

export const createWireClient = ({ runtime, endpoints, publicKey, signingKey }: WireSettings): WireClient => {
  const path = `/ingest/v1/${encodeURIComponent(publicKey)}`;
  let ready: { nonce: string; since: number; sinceUnix: number } | undefined;

  const start = async (endpoint: string, deadline: Deadline): Promise<Result<string>> => {
    const answer = checked(await post(runtime, `${endpoint}${path}/start`, '', { deadline }), isStartAnswer);
    return answer.ok ? succeed(answer.value.nonce) : answer;
  };

  const keep = (nonce: string): void => {
    ready = { nonce, since: runtime.now(), sinceUnix: runtime.unixTime() };
  };

  /** The nonce at hand, which is then at hand no more. Both clocks must agree: one stands still in sleep, one can be set. */
  const takeReady = (): string | undefined => {
    const taken = ready;
    ready = undefined;
    if (taken === undefined) return undefined;
    const [age, unixAge] = [runtime.now() - taken.since, runtime.unixTime() - taken.sinceUnix];
    return age < NONCE_AGE && unixAge >= 0 && unixAge < NONCE_AGE ? taken.nonce : undefined;
  };

  const takeNonce = async (endpoint: string, deadline: Deadline): Promise<Result<string>> => {
    const nonce = takeReady();
    return nonce === undefined ? start(endpoint, deadline) : succeed(nonce);
  };

  const signatureOf = async (body: string): Promise<Result<Record<string, string>>> => {
    try {
      const key = await signingKey();
      return succeed(key === undefined ? {} : { [SIGNATURE_HEADER]: signBody(key, publicKey, body) });
    } catch (cause) {
      return fail(new SigningError(cause));
    }
  };

  return {
    prepare: async (deadline) => {
      const nonce = await start(endpoints[0], deadline);
      if (nonce.ok) keep(nonce.value);
    },
    ingest: (write, deadline) =>
      withRetries(runtime, endpoints, deadline, async (endpoint) => {
        const nonce = await takeNonce(endpoint, deadline);
        if (!nonce.ok) return nonce;
        const body = JSON.stringify(await write(nonce.value));
        const signature = await signatureOf(body);
        if (!signature.ok) return signature;
        const request = { deadline, headers: signature.value };
        const answer = checked(await post(runtime, endpoint + path, body, request), isIngestAnswer);
        if (answer.ok) keep(answer.value.nextNonce);
        return answer;
      }),
  };
};
