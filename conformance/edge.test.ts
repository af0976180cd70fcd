import { type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractDocuments, contractValidator } from './contract-document.ts';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { officialClientV4 } from './official-client-v4.ts';

const fits = sdkValidators('@fingerprint/node-sdk');

let whorl: RunningWhorl;
beforeAll(async () => {
  whorl = await startWhorl();
});
afterAll(() => whorl?.stop());

type Answer = { event_id: string; bot_info?: unknown; ip_info: unknown };
type Header = { name: string; value: string };

const withUserAgent = (value: string): Header[] => [
  { name: 'Host', value: 'shop.example' },
  { name: 'User-Agent', value },
  { name: 'Cookie', value: '' },
];

const googlebot = withUserAgent('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)');

/** Requests as servers may report them, by what they are. */
const reports: Record<string, Record<string, unknown>> = {
  'a crawler at its own address': { headers: googlebot, ipv4_address: '66.249.66.1' },
  'a crawler at another address': { headers: googlebot, ipv4_address: '34.162.244.71', linked_id: 'x', tags: { a: 1 } },
  'a browser': {
    headers: withUserAgent('Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'),
    ipv4_address: '173.56.25.103',
    ipv6_address: '2001:4860:4801:10::1',
  },
  'a program at a private address': { headers: withUserAgent('curl/8.14.1'), ipv6_address: 'fd00::1' },
  'an agent whose key fits no such request': {
    // The example of the published document: its signature was made for another address than it names.
    headers: [
      { name: 'User-Agent', value: 'Mozilla/5.0 (Local Test Bot)' },
      { name: 'Signature-Agent', value: '"https://chatgpt.com"' },
      {
        name: 'Signature-Input',
        value:
          'binding0=("@authority" "signature-agent");created=1769022347;keyid="otMqcjr17mGyruktGvJU8oojQTSMHlVm7uO-lrcqbdg";alg="ed25519";expires=1769022407;tag="web-bot-auth"',
      },
      {
        name: 'Signature',
        value: 'binding0=:DLRNY0BDeHGMovOo6flKtY70U+cHa3cKDiEdLm92NGpzR0uj4m7yTHtIZnXLlHFiKjUAUBJIgbcv0HuSt8KaBg==:',
      },
    ],
    ipv4_address: '34.162.244.71',
  },
};

const post = (report: Record<string, unknown>): Promise<Response> =>
  fetch(`${whorl.url}/v4/edge`, {
    method: 'POST',
    headers: { authorization: `Bearer ${whorl.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'GET', url: 'https://shop.example/login?foo=bar', ...report }),
  });

const answerTo = async (report: Record<string, unknown>): Promise<Answer> => {
  const answer = await post(report);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
};

const client = () => officialClientV4(whorl);

describe.each(Object.entries(reports))('%s', (_, report) => {
  it('is answered in the form that the SDK publishes for events', async () => {
    expectFit(fits('Event'), await answerTo(report));
  });

  if (contractDocuments.v4.exists)
    it('is asked and answered in the forms that the published document gives', async () => {
      expectFit(contractValidator('EdgeRequest', 'v4'), { method: 'GET', url: 'https://shop.example/', ...report });
      expectFit(contractValidator('EdgeResponse', 'v4'), await answerTo(report));
    });
});

describe('what is said of bots', () => {
  it.each([
    ['a crawler at its own address', { name: 'Googlebot', identity: 'verified' }],
    ['a crawler at another address', { name: 'Googlebot', identity: 'spoofed' }],
    ['a program at a private address', { name: 'curl', identity: 'unknown' }],
    ['an agent whose key fits no such request', { name: 'ChatGPT Agent', identity: 'spoofed' }],
  ])('%s', async (name, expected) => {
    expect((await answerTo(reports[name] ?? {})).bot_info).toMatchObject(expected);
  });
});

describe('the official SDK', () => {
  it('reads an edge event by its id, and finds it among edge events alone', async () => {
    const answer = await answerTo({ ...reports['a crawler at its own address'], linked_id: 'sdk' });
    expect(await client().getEvent(answer.event_id)).toEqual(answer);
    const found = await client().searchEvents({ limit: 10, linked_id: 'sdk', source: ['edge'] });
    expect(found.events).toEqual([answer]);
    expect((await client().searchEvents({ limit: 10, linked_id: 'sdk' })).events).toEqual([]);
  });
});

describe('errors', () => {
  it.each([
    [400, 'request_cannot_be_parsed', { ipv4_address: '1.2.3.4' }],
    [400, 'request_cannot_be_parsed', { headers: googlebot }],
    [413, 'payload_too_large', { headers: googlebot, ipv4_address: '1.2.3.4', tags: { x: 'x'.repeat(200_000) } }],
  ])('have the published form: %i %s', async (status, code, report) => {
    const answer = await post(report);
    const body = await answer.json();
    expect(answer.status).toBe(status);
    expect(body).toMatchObject({ error: { code } });
    expectFit(fits('ErrorResponse'), body);
    if (contractDocuments.v4.exists) expectFit(contractValidator('ErrorResponse', 'v4'), body);
  });
});

if (!contractDocuments.v4.exists) {
  process.stderr.write(`NOT RUN: validation against the OpenAPI document: there is no ${contractDocuments.v4.path}\n`);
}
