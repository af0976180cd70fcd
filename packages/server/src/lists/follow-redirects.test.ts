import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnreachableHostError } from '../outbound/guarded-lookup.ts';
import { followRedirects } from './follow-redirects.ts';
import { type GetUrl, getUrl } from './get-url.ts';
import { startUpstream, type Upstream } from './testing/start-upstream.ts';

let upstream: Upstream;

beforeEach(async () => {
  upstream = await startUpstream();
});

afterEach(() => upstream.close());

/** As if the first hosts, so many, stood on the public internet: all that a test can reach are on this machine. */
const asIfPublic = (hosts: number): GetUrl => {
  let asked = 0;
  return async (url, options) => {
    const { message, isPublic } = await getUrl(url, options);
    asked += 1;
    return { message, isPublic: asked <= hosts || isPublic };
  };
};

const follow = (get?: GetUrl): Promise<IncomingMessage | { problem: string }> =>
  followRedirects(new URL(`${upstream.url}/list`), { headers: {}, signal: new AbortController().signal }, 5, get);

/** Each path leads to the next target; after the last there is an answer. */
const redirectTo = (...targets: string[]): void => {
  upstream.answer((request, response) => {
    const target = targets[upstream.requests.indexOf(request)];
    if (target === undefined) response.end('192.0.2.1\n');
    else response.writeHead(302, { location: target }).end();
  });
};

const statusOf = (answer: IncomingMessage | { problem: string }): number | undefined => {
  if ('problem' in answer) throw new Error(answer.problem);
  answer.destroy();
  return answer.statusCode;
};

describe('followRedirects', () => {
  it.each(['/there', '//localhost:PORT/there'])('follows the operator’s own private host to %s', async (target) => {
    redirectTo(target.replace('PORT', new URL(upstream.url).port));
    expect(statusOf(await follow())).toBe(200);
    expect(upstream.requests).toHaveLength(2);
  });

  it.each([
    ['an address of this machine', 'http://127.0.0.1:PORT/'],
    ['this machine in another spelling', 'http://0x7f.1:PORT/'],
    ['this machine by IPv6', 'http://[::1]:PORT/'],
    ['this machine by IPv4 in IPv6', 'http://[::ffff:127.0.0.1]:PORT/'],
    ['a name of this machine', 'http://localhost:PORT/'],
    ['the metadata of clouds', 'http://169.254.169.254/latest/meta-data/'],
    ['a private network', 'http://10.0.0.1/'],
    ['a private network, by TLS', 'https://192.168.0.1/'],
  ])('refuses to be led from the public internet to %s', async (_, target) => {
    redirectTo(target.replace('PORT', new URL(upstream.url).port));
    await expect(follow(asIfPublic(1))).rejects.toBeInstanceOf(UnreachableHostError);
    expect(upstream.requests).toHaveLength(1);
  });

  it('refuses it after a private host that leads to the public internet', async () => {
    redirectTo('/second', '/third');
    let asked = 0;
    const get: GetUrl = async (url, options) => {
      const { message } = await getUrl(url, options);
      asked += 1;
      return { message, isPublic: asked === 2 };
    };
    await expect(follow(get)).rejects.toBeInstanceOf(UnreachableHostError);
    expect(upstream.requests.map(({ url }) => url)).toEqual(['/list', '/second']);
  });

  it('refuses users and passwords that nobody set', async () => {
    redirectTo(`http://user:word@${new URL(upstream.url).host}/`);
    expect(await follow()).toEqual({ problem: 'it redirects to an address with a user in it' });
  });
});
