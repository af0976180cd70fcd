import { V4EdgeEvent } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { expect } from 'vitest';
import type { NetworkLookup } from '../../../ingest/enrich.ts';
import { createAgentKeys } from '../../../lookup/agent-keys.ts';
import { newAgent } from '../../../lookup/testing/new-agent.ts';
import { useTestServer } from '../../../testing/use-test-server.ts';

const isAnswer = Compile(V4EdgeEvent);

/** Addresses of Googlebot, and one that is none and an open proxy. */
export const INSIDE = '66.249.66.1';
export const INSIDE_V6 = '2001:db8::1';
export const OUTSIDE = '198.51.100.7';

export const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

/** An agent whose keys the server knows. */
export const agent = newAgent('https://agent.example');

/** Every address lies in a datacenter in Ghent. */
const lookup: NetworkLookup = (address, time) => ({
  address,
  family: address.includes(':') ? 6 : 4,
  isPublic: true,
  ipInfo: {
    [address.includes(':') ? 'v6' : 'v4']: {
      address,
      geolocation: { accuracyRadius: 20, city: { name: 'Ghent' }, country: { code: 'BE', name: 'Belgium' } },
      asn: { asn: '64500', name: 'Example', network: '198.51.100.0/24' },
      datacenter: { result: true, name: 'Example Cloud' },
    },
  },
  sources: [],
  countryOffsets: null,
  lists: { proxy: { source: { name: 'list', builtAt: time }, listed: address === OUTSIDE, seenAt: time } },
  crawlers: { googlebot: { source: { name: 'list', builtAt: time }, listed: [INSIDE, INSIDE_V6].includes(address) } },
});

/** A report of Googlebot at its own address, with some fields changed. */
export const report = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  headers: [
    { name: 'Host', value: 'shop.example' },
    { name: 'User-Agent', value: GOOGLEBOT },
    { name: 'Cookie', value: 'session=1' },
  ],
  method: 'GET',
  url: 'https://shop.example/login?a=b',
  ipv4_address: INSIDE,
  ...change,
});

/** A server for the tests of a file, and reports to it. */
export const useEdgeServer = () => {
  const { server } = useTestServer({ lookup, agentKeys: createAgentKeys({ [agent.origin]: agent.directory }) });

  const post = (payload: unknown, headers: Record<string, string> = {}) =>
    server().app.inject({
      method: 'POST',
      url: '/v4/edge',
      headers: { authorization: `Bearer ${server().secretKey}`, 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
    });

  const get = (path: string, key = server().secretKey) =>
    server().app.inject({ url: `/v4${path}`, headers: { authorization: `Bearer ${key}` } });

  /** The answer to a report that is taken, which must have the documented form. */
  const answerTo = async (payload: unknown): Promise<V4EdgeEvent> => {
    const answer = await post(payload);
    expect(answer.statusCode, answer.body).toBe(200);
    expect([...isAnswer.Errors(answer.json())]).toEqual([]);
    return answer.json();
  };

  return { server, post, get, answerTo };
};
