import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OBSERVATION_LIMITS, V3Event, V4Event } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { beforeEach, describe, expect, it } from 'vitest';
import { chromiumSources } from '../../testing/chromium-sources.ts';
import { useTestServer } from '../../testing/use-test-server.ts';

const [isV3Event, isV4Event] = [Compile(V3Event), Compile(V4Event)];
const { server, start, send, visit, eventOf } = useTestServer();

const plain = chromiumSources();
const wire = (v: unknown) => ({ v, d: 1 });

/** What no browser sends, each with the name that it is left out under. */
const odd: [string, Record<string, unknown>, string][] = [
  ['a number for a text', { timezone: wire(7) }, 'timezone'],
  ['a text for a number', { hardwareConcurrency: wire('8') }, 'hardwareConcurrency'],
  ['a list for an object', { webGlBasics: wire([1, 2]) }, 'webGlBasics'],
  ['null for a list', { fonts: wire(null) }, 'fonts'],
  ['as many fonts as fit into a body', { fonts: wire(Array.from({ length: 12_000 }, (_, at) => `F${at}`)) }, 'fonts'],
  ['one font with a very long name', { fonts: wire(['x'.repeat(90_000)]) }, 'fonts'],
  ['a list within lists', { languages: wire(JSON.parse(`${'['.repeat(900)}${']'.repeat(900)}`)) }, 'languages'],
  ['a name that every object has', { constructor: wire({ a: 1 }) }, 'unknown'],
  ['another such', { hasOwnProperty: wire(1), toString: wire('x') }, 'unknown'],
  ['a source that is called __proto__', JSON.parse('{"__proto__":{"v":1,"d":1}}'), 'unknown'],
  ['another, which is null', { ...JSON.parse('{"a-b":null,"":7}') }, 'unknown'],
  ['a source that nobody knows', { telepathy: wire(1) }, 'unknown'],
  ["a section of a phone's", { root: wire({}) }, 'unknown'],
  [
    'a field of a value that is its prototype',
    { touchSupport: wire(JSON.parse('{"__proto__":{"a":1}}')) },
    'touchSupport',
  ],
];

/** Both together, also where a name is `__proto__`, which a literal would take for something else. */
const both = (sources: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries([...Object.entries(plain), ...Object.entries(sources)]);

/** Source texts, for numbers that JSON.stringify would not write. */
const impossible = ['1e999', '-1e999', '-8', '0.5e-400', '1e308', '-0'];

beforeEach(() => {
  server().ignored.length = 0;
});

describe('evidence that cannot be', () => {
  it.each(odd)('%s is left out, told of and counted, and the event judged on the rest', async (_, sources, name) => {
    const { requestId } = await visit({ change: { sources: both(sources) } });
    expect(server().ignored).toEqual([{ requestId, sources: [name] }]);
    const { body } = await server().app.inject({ url: '/metrics' });
    expect(body).toMatch(new RegExp(`whorl_ignored_evidence_total\\{source="${name}"\\} [1-9]`));
    const event = await eventOf(requestId);
    expect([...isV3Event.Errors(event)]).toEqual([]);
    const attributes = event.products.rawDeviceAttributes?.data ?? {};
    if (name === 'unknown')
      for (const unknown of Object.keys(sources)) expect(Object.keys(attributes)).not.toContain(unknown);
    else expect(attributes[name]).toMatchObject({ error: { name: 'InvalidValue' } });
    expect(event.products.botd?.data?.bot.result).toBe('notDetected');
    expect(event.products.tampering?.data).toMatchObject({ result: false });
    const headers = { authorization: `Bearer ${server().secretKey}` };
    const v4 = await server().app.inject({ url: `/v4/events/${requestId}`, headers });
    expect([...isV4Event.Errors(v4.json())]).toEqual([]);
    expect(server().failures).toEqual([]);
  });

  it.each(impossible)('the number %s is left out or bears being judged', async (number) => {
    const nonce = await start();
    const sources = Object.fromEntries(
      ['hardwareConcurrency', 'deviceMemory', 'colorDepth', 'audio', 'timezoneOffset'].map((name) => [
        name,
        wire('NUMBER'),
      ]),
    );
    const body = {
      version: 1,
      nonce,
      url: '',
      sdk: { platform: 'js', version: '1' },
      timing: { start: 0, end: Math.random() },
    };
    const payload = JSON.stringify({ ...body, sources: { ...plain, ...sources } }).replaceAll('"NUMBER"', number);
    const answer = await server().app.inject({ method: 'POST', url: `/ingest/v1/${server().publicKey}`, payload });
    expect(answer.statusCode, answer.body).toBe(200);
    const event = await eventOf(answer.json<{ requestId: string }>().requestId);
    expect([...isV3Event.Errors(event)]).toEqual([]);
    expect(server().failures).toEqual([]);
    expect(server().ignored[0]?.sources).toContain('timezoneOffset');
  });

  it.each([
    ['a duration beyond all numbers', '{"timezone":{"v":"UTC","d":1e999}}'],
    ['a duration below zero', '{"timezone":{"v":"UTC","d":-1}}'],
    ['a component that is no object', '{"timezone":"UTC"}'],
    ['a component with more than there is', '{"timezone":{"v":"UTC","d":1,"__proto__":1}}'],
    [
      'more sources than there are names for',
      JSON.stringify(Object.fromEntries(Array.from({ length: 129 }, (_, at) => [`s${at}`, { d: 1 }]))),
    ],
  ])('%s refuses the whole, with the reason', async (_, sources) => {
    const nonce = await start();
    const payload = `{"version":1,"nonce":"${nonce}","url":"","sdk":{"platform":"js","version":"1"},"timing":{"start":0,"end":1},"sources":${sources}}`;
    const answer = await server().app.inject({ method: 'POST', url: `/ingest/v1/${server().publicKey}`, payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      error: { code: 'RequestCannotBeParsed', message: expect.stringContaining('/sources') },
    });
    expect(Object.prototype).not.toHaveProperty('v');
  });

  it('is told of once more when it comes late', async () => {
    const { requestId, proof } = await visit();
    server().ignored.length = 0;
    const payload = JSON.stringify({ version: 1, requestId, proof, sources: { voices: wire(1), telepathy: wire(1) } });
    const url = `/ingest/v1/${server().publicKey}/supplement`;
    expect((await server().app.inject({ method: 'POST', url, payload })).statusCode).toBe(200);
    expect(server().ignored).toEqual([{ requestId, sources: ['voices', 'unknown'] }]);
  });

  it('is not told of where there is none', async () => {
    await visit();
    expect(server().ignored).toEqual([]);
  });
});

describe('a gigabyte of fonts', () => {
  const GIGABYTE = 2 ** 30;

  /** Posts chunks until the server has had enough; resolves to its status, if any, and how many bytes it let come. */
  const pour = async (headers: Record<string, string>) => {
    const { app, publicKey } = server();
    if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const chunk = Buffer.from(`"${'x'.repeat(30)}",`.repeat(2_000));
    return new Promise<{ status: number | undefined; bytes: number }>((resolve) => {
      let [bytes, status, over] = [0, undefined as number | undefined, false];
      const end = () => {
        over = true;
        outgoing.destroy();
        resolve({ status, bytes });
      };
      const outgoing = request({ port, host: '127.0.0.1', path: `/ingest/v1/${publicKey}`, method: 'POST', headers });
      outgoing.on('response', (answer) => {
        status = answer.statusCode;
        answer.resume().on('end', end).on('error', end);
      });
      outgoing.on('error', end);
      outgoing.write('{"sources":{"fonts":{"v":[');
      const more = () => {
        if (over || bytes >= GIGABYTE) return;
        bytes += chunk.length;
        if (outgoing.write(chunk)) setImmediate(more);
        else outgoing.once('drain', more);
      };
      more();
    });
  };

  it.each([
    ['that says how long it is', { 'content-length': String(GIGABYTE) }],
    ['that comes in pieces', { 'transfer-encoding': 'chunked' }],
  ])('%s is refused before it has come', async (_, headers) => {
    const { status, bytes } = await pour({ 'content-type': 'text/plain', ...headers });
    expect(status).toBe(413);
    expect(bytes).toBeLessThan(64 * 2 ** 20);
    expect((await send()).statusCode).toBe(200);
  });

  it('that is packed is not unpacked', async () => {
    const headers = { 'content-encoding': 'gzip', 'content-type': 'text/plain' };
    const answer = await server().app.inject({
      method: 'POST',
      url: `/ingest/v1/${server().publicKey}`,
      headers,
      payload: Buffer.alloc(OBSERVATION_LIMITS.bodyBytes, 0x1f),
    });
    expect(answer.statusCode).toBe(400);
  });
});
