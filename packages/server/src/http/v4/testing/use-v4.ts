import type { V4ErrorName, V4SearchAnswer } from '@whorl/contract';
import { v4Errors } from '@whorl/contract';
import { expect } from 'vitest';
import { useServerApi } from '../../../testing/use-server-api.ts';

type Method = 'GET' | 'PATCH' | 'DELETE' | 'POST';

/** A request: with the first workspace's secret key unless another is given, or none by null. */
type Sent = { key?: string | null; body?: unknown; headers?: Record<string, string> };

/** A test server, and requests to its v4 Server API. */
export const useV4 = () => {
  const kit = useServerApi();
  const { server } = kit;

  const call = (method: Method, path: string, { key = server().secretKey, body, headers = {} }: Sent = {}) =>
    server().app.inject({
      method,
      url: `/v4${path}`,
      headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });

  /** That an answer is the documented error of this name. */
  const expectError = (answer: { statusCode: number; body: string }, name: V4ErrorName) => {
    const { status, code, message } = v4Errors[name];
    expect(JSON.parse(answer.body)).toEqual({ error: { code, message } });
    expect(answer.statusCode).toBe(status);
  };

  const search = async (query: string, key?: string): Promise<V4SearchAnswer> => {
    const answer = await call('GET', `/events?${query}`, key === undefined ? {} : { key });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json();
  };

  /** Ids of the events that a search finds, in their order. */
  const find = async (query: string, key?: string): Promise<string[]> =>
    (await search(query, key)).events.map(({ event_id }) => event_id);

  return { ...kit, call, expectError, search, find };
};
