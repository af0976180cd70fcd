import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { guardedLookup } from '../outbound/guarded-lookup.ts';
import { describeFailure } from './describe-failure.ts';
import { readTarget } from './webhook-target.ts';

/** A try that got no answer and was followed by another at once. `duration` in milliseconds. */
export type LostTry = { error: string; duration: number };

/**
 * How a post ended: the receiver's status, or why none came. `wish`: its `Retry-After` in milliseconds. `lost`: the try
 * before it, over a connection that was closed meanwhile.
 */
export type PostOutcome = { status: number | null; error: string | null; wish: number | null; lost: LostTry | null };

/** Posts JSON and resolves when the status is known; never rejects. */
export type Post = (address: string, body: Buffer, headers: Record<string, string>) => Promise<PostOutcome>;

export type Poster = {
  post: Post;
  /** Ends the connections that are kept alive. */
  close(): void;
};

export type PosterOptions = {
  /** Whether private and loopback addresses may be posted to. */
  privateAddresses: boolean;
  /** Milliseconds from the first look for the host until the status must be there. */
  timeout?: number;
  /** Resolves names, leaving out addresses that may not be posted to. */
  lookup?: LookupFunction;
};

/** A receiver has three seconds, as the vendor gives it. */
const TIMEOUT = 3_000;

/** Bytes of an answer's body that are read, to keep the connection; nobody looks at them. */
const MOST_BODY = 16_384;

/** Seconds, as RFC 9110 (section 10.2.3) writes them; its dates are not worth a second parser. */
const wishOf = ({ headers }: IncomingMessage): number | null => {
  const text = headers['retry-after'] ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : null;
};

/** Reads a little of the body so that the connection can serve again, and drops a connection that sends more. */
const drain = (response: IncomingMessage): void => {
  let left = MOST_BODY;
  response.on('error', () => {});
  response.on('data', ({ length }: Buffer) => {
    left -= length;
    if (left < 0) response.destroy();
  });
};

/**
 * Whether a kept connection was closed by the other side as it was used. Mostly the receiver had given it up before and
 * read nothing of it; it may as well have read the whole post and broken off. So a second try is one that tells of itself.
 */
const wentStale = (request: ClientRequest, error: Error): boolean =>
  request.reusedSocket && 'code' in error && error.code === 'ECONNRESET';

/**
 * Posts to receivers. Redirects are not followed: each is a status like any other, and no success. One timeout holds for
 * all of it, from resolving the name to the status, for the answer's body too.
 */
export const createPoster = ({
  privateAddresses,
  timeout = TIMEOUT,
  lookup = guardedLookup({ privateAddresses }),
}: PosterOptions): Poster => {
  const kept = { keepAlive: true, maxFreeSockets: 64 };
  const http = new HttpAgent(kept);
  const https = new HttpsAgent(kept);

  const post: Post = (address, body, headers) => {
    const target = readTarget(address, privateAddresses);
    if (!target.ok) {
      return Promise.resolve({ status: null, error: `the address ${target.problem}`, wish: null, lost: null });
    }
    const { url } = target;
    const begun = performance.now();

    const send = (settle: (outcome: PostOutcome) => void, lost: LostTry | null): void => {
      const options = { method: 'POST', headers: { ...headers, 'content-length': body.length }, lookup };
      // A second try has a connection of its own: the kept ones may all be stale.
      const request =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, agent: lost === null && https })
          : httpRequest(url, { ...options, agent: lost === null && http });
      const overdue = () => request.destroy(new Error(`no answer within ${timeout} ms`));
      const timer = setTimeout(overdue, begun + timeout - performance.now());
      let answered = false;
      let failure: Error | undefined;
      request.on('response', (response) => {
        answered = true;
        drain(response);
        settle({ status: response.statusCode ?? null, error: null, wish: wishOf(response), lost });
      });
      request.on('error', (error) => {
        failure = error;
      });
      request.on('close', () => {
        clearTimeout(timer);
        if (answered) return;
        const error = describeFailure(failure);
        if (failure === undefined || !wentStale(request, failure)) {
          return settle({ status: null, error, wish: null, lost });
        }
        send(settle, { error, duration: Math.round(performance.now() - begun) });
      });
      request.end(body);
    };
    return new Promise((settle) => send(settle, null));
  };

  return {
    post,
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
};
