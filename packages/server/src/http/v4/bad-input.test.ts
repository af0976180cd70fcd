import { V4Event, V4SearchAnswer, v4Errors, v4SearchErrors, v4SearchNames, v4SearchQuery } from '@whorl/contract';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { beforeAll, describe, expect, it } from 'vitest';
import { useV4 } from './testing/use-v4.ts';

const { visit, record, call } = useV4();

const isPage = Compile(V4SearchAnswer);
const isEvent = Compile(V4Event);

const documented = new Set(
  [...Object.values(v4Errors), ...Object.values(v4SearchErrors)]
    .filter(({ status }) => status < 500)
    .map(({ status, code, message }) => JSON.stringify([status, { error: { code, message } }])),
);

type Answer = { statusCode: number; body: string };

/** An answer that is 200, or a documented error with the status, code and message of one and the same. */
const expectDocumented = (answer: Answer) => {
  if (answer.statusCode === 200) return;
  expect(documented).toContain(JSON.stringify([answer.statusCode, JSON.parse(answer.body)]));
};

/** Percent-encodes; halves of surrogate pairs, which have no encoding, become a broken one. */
const encoded = (text: string): string =>
  [...text].map((letter) => (/^[\ud800-\udfff]$/.test(letter) ? '%ed%a0%80' : encodeURIComponent(letter))).join('');

/** Values that some parameter takes: what is wrong for one is right for another. */
const rightValues = Object.values(v4SearchQuery).flatMap(({ schema }) =>
  'enum' in schema && Array.isArray(schema.enum) ? schema.enum.map(String) : [],
);

/** Texts that a query may hold, as they stand in the address. */
const written = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map(encoded),
  fc.constantFrom(...rightValues).map(encoded),
  fc.constantFrom('', '%', '%ff', '%00', 'a%00b', '%c3%28', '+', '=', 'null', 'undefined', '[object Object]', '%2e%2e'),
  fc.constantFrom('true', 'false', '0', '-0', '1e3', '1.5', '2147483648', '9007199254740993', '1e999', '0x1f', 'NaN'),
  fc.constantFrom('10.0.0.0/8', '::/0', '::ffff:1.2.3.4', '1.2.3.4', '10.0.0.0/99', 'ae_0000000000000001'),
  fc.constantFrom('2026-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '0000-01-01T00:00:00Z', '2026-06-30T23:59:60Z'),
  fc.constantFrom(Buffer.from('1700000000000.abcdef.0.9999999999999999').toString('base64url')),
  fc.date({ noInvalidDate: true }).map((date) => encoded(date.toISOString())),
  fc.integer().map(String),
  fc.double().map(String),
  fc.constant('x'.repeat(60_000)),
  fc.constant('x'.repeat(100_000)),
);

const name = fc.constantFrom(
  ...v4SearchNames,
  ...v4SearchNames.map((each) => `${each}[]`),
  'ii',
  '__proto__',
  'toString',
);

const query = fc
  .array(fc.tuple(name, written), { maxLength: 6 })
  .map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('&'));

/** One of those texts as a part of a path: what would end the part is encoded. */
const pathPart = written
  .filter((text) => text.length < 50_000 && !/^(\.|%2e){0,2}$/i.test(text))
  .map((text) => text.replace(/[/?#]/g, encodeURIComponent));

let eventId = '';
beforeAll(async () => {
  eventId = (await visit()).requestId;
  await record({ sdk: { platform: 'android', version: '1' } });
});

// Thousands of requests: a machine that is busy with other tests needs its time.
describe('whatever is sent is answered as documented', { timeout: 60_000 }, () => {
  it('by the search, one wrong value of each parameter after another, once and twice', async () => {
    const values = ['', '%', '%ff', '%00', 'nonsense', '-1', '1e999', 'true', '1', 'null', 'x'.repeat(60_000)];
    for (const parameter of v4SearchNames) {
      for (const value of values) {
        expectDocumented(await call('GET', `/events?${parameter}=${value}`));
        expectDocumented(await call('GET', `/events?${parameter}=${value}&${parameter}=${value}`));
      }
    }
  });

  it('by the search, with any parameters; and what it finds fits its schema', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        const answer = await call('GET', `/events?${text}`);
        expectDocumented(answer);
        if (answer.statusCode === 200) expect(isPage.Check(answer.json())).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('by an event and the deletion of a visitor', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constant(eventId), pathPart), written, async (id, ruleset) => {
        expectDocumented(await call('GET', `/events/${id}?ruleset_id=${ruleset}`));
        expectDocumented(await call('DELETE', `/visitors/${id}`));
      }),
      { numRuns: 200 },
    );
  });

  it('by an update, after which the event still fits its schema', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean());
    const change = fc.record({ linked_id: value, tags: value, suspect: value, more: value }, { requiredKeys: [] });
    const body = fc.oneof(
      change.map((each) => JSON.stringify(each)),
      fc.string({ unit: 'binary' }),
      fc.json(),
    );
    const type = fc.constantFrom('application/json', 'text/plain', 'multipart/form-data', 'nonsense', '');
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constant(eventId), pathPart), body, type, async (id, text, contentType) => {
        const headers = { 'content-type': contentType };
        expectDocumented(await call('PATCH', `/events/${id}`, { body: text, headers }));
        const event = (await call('GET', `/events/${eventId}`)).json();
        expect(isEvent.Errors(event)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
