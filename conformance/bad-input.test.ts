import type { EventsGetResponse } from '@fingerprintjs/fingerprintjs-pro-server-api';
import { type Browser, launchDriven, type Page, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { type IngestResponse, ingestClient, type Observation, recordObservation } from './ingest-client.ts';
import { officialClient } from './official-client.ts';
import { type Site, startSite } from './site.ts';

const KIB = 1024;
const STACK_TRACE = /\bat .+:\d+:\d+|node_modules|\.[jt]s:\d+/;

let whorl: RunningWhorl;
let site: Site;
let browser: Browser;
let page: Page;
let observation: Observation;
let client: ReturnType<typeof ingestClient>;

beforeAll(async () => {
  [whorl, browser] = await Promise.all([startWhorl(), launchDriven()]);
  site = await startSite(whorl);
  client = ingestClient(whorl);
  page = await browser.newPage();
  observation = await recordObservation(page, site);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await whorl?.stop();
});

const eventOf = async ({ status, body }: IngestResponse): Promise<EventsGetResponse> => {
  expect(status).toBe(200);
  return officialClient(whorl).getEvent((body as { requestId: string }).requestId);
};

/**
 * How many events the server has ever recorded from this machine's address: velocity counts them all, since the tests
 * take less than a day. Asking makes one event, which is left out of the answer.
 */
const eventsRecorded = async (): Promise<number> => {
  const event = await eventOf(await client.observe(observation, { linkedId: `count ${Math.random()}` }));
  return (event.products.velocity?.data?.ipEvents.intervals?.['24h'] ?? Number.NaN) - 1;
};

const expectRefusal = (response: IngestResponse, status: number, code: string): void => {
  expect({ status: response.status, body: response.body }).toEqual({
    status,
    body: { error: { code, message: expect.stringMatching(/\S/) } },
  });
  expect(response.text).not.toMatch(STACK_TRACE);
};

describe('what the ingest endpoint refuses', () => {
  let before: number;
  beforeEach(async () => {
    before = await eventsRecorded();
  });
  /** The count itself made one event. */
  const expectNothingStored = async (): Promise<void> => expect(await eventsRecorded()).toBe(before + 1);

  const without = (name: string): Observation => {
    const { [name]: _, ...rest } = observation;
    return rest as Observation;
  };

  it.each([
    ['no body', ''],
    ['text', 'hello'],
    ['cut JSON', '{"version":1,"nonce":"'],
    ['bytes that are no text', '\u0000\ufffd\u0001'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an empty object', '{}'],
    ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('malformed: %s', async (_, body) => {
    expectRefusal(await client.post('', body), 400, 'RequestCannotBeParsed');
    await expectNothingStored();
  });

  it.each(['nonce', 'url', 'sdk', 'sources', 'timing'])('an observation without its %s', async (name) => {
    const nonce = name === 'nonce' ? {} : { nonce: await client.nonce() };
    const response = await client.post('', JSON.stringify({ ...without(name), ...nonce }));
    expectRefusal(response, 400, 'RequestCannotBeParsed');
    expect(response.text).toContain(name);
    await expectNothingStored();
  });

  it.each([
    ['a property that no one knows', { surplus: 1 }],
    ['a linked id that is too long', { linkedId: 'x'.repeat(257) }],
    ['a linked id that is no text', { linkedId: { $ne: null } }],
    ['sources that are no object', { sources: 'none' }],
  ])('%s', async (_, changes) => {
    expectRefusal(await client.observe(observation, changes), 400, 'RequestCannotBeParsed');
    await expectNothingStored();
  });

  it.each([2, 0, '1', null])('an observation of version %j', async (version) => {
    expectRefusal(await client.observe(observation, { version }), 400, 'UnsupportedVersion');
    await expectNothingStored();
  });

  it('a tag of more than 16 KiB', async () => {
    expectRefusal(await client.observe(observation, { tag: { text: 'x'.repeat(16 * KIB) } }), 413, 'TagTooLarge');
    await expectNothingStored();
  });

  it('a body of more than 128 KiB', async () => {
    const response = await client.observe(observation, { url: `https://shop.example/${'x'.repeat(128 * KIB)}` });
    expectRefusal(response, 413, 'PayloadTooLarge');
    await expectNothingStored();
  });

  it('an unknown public key', async () => {
    expectRefusal(await client.observe(observation, {}, {}, 'noSuchKey12345678901'), 403, 'PublicKeyNotFound');
    expectRefusal(await client.post('/start', '', {}, 'noSuchKey12345678901'), 403, 'PublicKeyNotFound');
    await expectNothingStored();
  });

  it('the secret key in place of the public one', async () => {
    expectRefusal(await client.observe(observation, {}, {}, whorl.secretKey), 403, 'PublicKeyNotFound');
    await expectNothingStored();
  });

  it('no public key', async () => {
    expectRefusal(await client.post('', JSON.stringify(observation), {}, ''), 403, 'PublicKeyRequired');
    await expectNothingStored();
  });

  it('a key that was revoked', async () => {
    const made = await whorl.command('key', 'create', '--kind', 'public', '--name', 'to be revoked');
    const key = made.stdout.trim();
    expect((await client.observe(observation, { linkedId: 'before' }, {}, key)).status).toBe(200);
    before += 1;
    const listed = (await whorl.command('key', 'list')).stdout;
    const id =
      listed
        .split('\n')
        .find((line) => line.includes('to be revoked'))
        ?.split(/\s/)[0] ?? '';
    expect((await whorl.command('key', 'revoke', id)).code).toBe(0);
    const refused = await eventually(
      () => client.post('/start', '', {}, key),
      ({ status }) => status !== 200,
    );
    expectRefusal(refused, 403, 'PublicKeyNotFound');
    expectRefusal(await client.observe(observation, {}, {}, key), 403, 'PublicKeyNotFound');
    await expectNothingStored();
  });
});

describe('an environment that lists its origins', () => {
  const OWN = 'https://shop.example';
  let origins: (...allowed: string[]) => Promise<void>;

  beforeAll(() => {
    origins = async (...allowed) => {
      const given = allowed.length === 0 ? ['--any-origin'] : allowed;
      const { code, stderr } = await whorl.command('environment', 'origins', 'production', ...given);
      expect({ code, stderr }).toMatchObject({ code: 0 });
    };
  });
  afterAll(() => origins());

  it('takes observations from these and refuses all others, before and after the nonce', async () => {
    const before = await eventsRecorded();
    const nonce = await client.nonce();
    await origins(OWN);
    const start = (headers: Record<string, string>) => client.post('/start', '', headers);
    const foreign = await eventually(
      () => start({ origin: 'https://evil.example' }),
      ({ status }) => status !== 200,
    );
    expectRefusal(foreign, 403, 'OriginNotAllowed');
    for (const origin of ['https://shop.example.evil.example', 'http://shop.example', 'null']) {
      expectRefusal(await start({ origin }), 403, 'OriginNotAllowed');
    }
    expectRefusal(await start({}), 403, 'OriginNotAllowed');
    const body = JSON.stringify({ ...observation, nonce });
    expectRefusal(await client.post('', body, { origin: 'https://evil.example' }), 403, 'OriginNotAllowed');

    expect((await start({ origin: OWN })).status).toBe(200);
    await origins();
    await eventually(
      () => start({}),
      ({ status }) => status === 200,
    );
    expect(await eventsRecorded()).toBe(before + 1);
  });

  it('lets the page read why', async () => {
    await origins(OWN);
    const refusal = `fetch('${whorl.url}/ingest/v1/${whorl.publicKey}/start', { method: 'POST' }).then((r) => r.json())`;
    const read = await eventually(
      () => page.evaluate(refusal) as Promise<{ error?: { code: string } }>,
      ({ error }) => error !== undefined,
    );
    expect(read.error?.code).toBe('OriginNotAllowed');
  });
});

describe('other addresses', () => {
  it.each([
    ['GET', '/nothing/here', 404],
    // The key is looked at first, also where there is nothing.
    ['GET', '/events/', 403],
    ['POST', '/events/1700000000000.abcdef', 403],
    ['GET', '/ingest/v1/anything', 404],
    ['GET', '/v3/%00', 200],
    ['GET', '/%E0%A4%A', 400],
  ])('%s %s is answered in JSON or script, without a stack trace', async (method, path, status) => {
    const response = await fetch(whorl.url + path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^(application\/json|text\/javascript)/);
    expect(await response.text()).not.toMatch(status === 200 ? /\0/ : STACK_TRACE);
  });
});

describe('after all of this', () => {
  it('the server is the same process, alive and ready, and logged no failure', async () => {
    expect((await fetch(`${whorl.url}/livez`)).status).toBe(200);
    expect((await fetch(`${whorl.url}/readyz`)).status).toBe(200);
    expect(() => process.kill(whorl.pid, 0)).not.toThrow();
    expect(whorl.output()).not.toMatch(/"level":(50|60)|ERROR|FATAL/);
  });
});
