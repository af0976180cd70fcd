import { v3Errors, v3PlainErrors, v3RelatedQuery, v3SearchQuery, v3VisitsQuery } from '@whorl/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useV3 } from './testing/use-v3.ts';

const { call } = useV3();

const documented = new Set(
  Object.values(v3Errors)
    .filter(({ status }) => status < 500)
    .map(({ status, code, message }) => JSON.stringify([status, { error: { code, message } }])),
);
const documentedPlain = new Set(
  Object.values(v3PlainErrors)
    .filter(({ status }) => status < 500)
    .map(({ status, message }) => JSON.stringify([status, { error: message }])),
);

/** An answer that is 200, or a documented error with the status, code and message of one and the same. */
const expectDocumented = (answer: { statusCode: number; body: string }, errors: ReadonlySet<string> = documented) => {
  if (answer.statusCode === 200) return;
  expect(errors).toContain(JSON.stringify([answer.statusCode, JSON.parse(answer.body)]));
};

/** Texts that a query may hold, as they stand in the address. */
const written = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map(encodable),
  fc.constantFrom('', '%', '%ff', '%00', '%c3%28', '+', '%2B', '=', '%', 'null', 'undefined', 'NaN', '[object Object]'),
  fc.constantFrom('true', 'false', '0', '-0', '1e3', '1.5', '2147483648', '9007199254740993', '1e999', '0x1f'),
  fc.constantFrom('10.0.0.0/8', '::/0', '1.2.3.4', '10.0.0.0/99', 'ae_0000000000000001', '1700000000000.abcdef'),
  fc.integer().map(String),
  fc.constant('x'.repeat(100_000)),
);

/** Percent-encodes; halves of surrogate pairs, which have no encoding, become a broken one. */
function encodable(text: string): string {
  return [...text]
    .map((letter) => (/[\ud800-\udfff]/.test(letter) && letter.length === 1 ? '%ed%a0%80' : encodeURIComponent(letter)))
    .join('');
}

/** One of those texts as a part of a path: what would end the part is encoded. */
const pathPart = written
  .filter((text) => text.length < 1000 && !/^\.{0,2}$/.test(text))
  .map((text) => text.replace(/[/?#]/g, encodeURIComponent));

const queryOf = (names: string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...names, ...names.map((name) => `${name}[]`), 'ii', '__proto__'), written), {
      maxLength: 5,
    })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

const search = Object.keys(v3SearchQuery);

describe('whatever is sent is answered as documented', () => {
  it('by the search, one wrong parameter after another', async () => {
    for (const name of search) {
      for (const value of ['', '%', '%ff', '%00', 'nonsense', '-1', '1e999', 'x'.repeat(100_000)]) {
        expectDocumented(await call('GET', `/events/search?limit=1&${name}=${value}`));
        expectDocumented(await call('GET', `/events/search?limit=1&${name}=${value}&${name}=${value}`));
      }
    }
  });

  it('by the search, with any parameters', async () => {
    const query = fc.tuple(fc.constantFrom('', 'limit=3&', 'limit=3&reverse=true&'), queryOf(search));
    await fc.assert(
      fc.asyncProperty(query, async ([limit, rest]) => {
        expectDocumented(await call('GET', `/events/search?${limit}${rest}`));
      }),
      { numRuns: 400 },
    );
  });

  it('by the visits', async () => {
    const visitor = fc.oneof(fc.constant('unknownVisitor123456'), pathPart);
    await fc.assert(
      fc.asyncProperty(visitor, queryOf(Object.keys(v3VisitsQuery)), async (id, query) => {
        expectDocumented(await call('GET', `/visitors/${id}?${query}`), documentedPlain);
        expectDocumented(await call('DELETE', `/visitors/${id}?${query}`));
      }),
      { numRuns: 200 },
    );
  });

  it('by the related visitors', async () => {
    await fc.assert(
      fc.asyncProperty(queryOf(Object.keys(v3RelatedQuery)), async (query) => {
        expectDocumented(await call('GET', `/related-visitors?${query}`));
      }),
      { numRuns: 100 },
    );
  });

  it('by an event and its update', async () => {
    const id = fc.oneof(fc.constant('1700000000000.abcdef'), pathPart);
    const field = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 300 }));
    const body = fc.oneof(
      fc
        .record({ linkedId: field, tag: field, suspect: field }, { requiredKeys: [] })
        .map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary' }),
      fc.json(),
    );
    const type = fc.constantFrom('application/json', 'text/plain', 'multipart/form-data', 'nonsense', '');
    await fc.assert(
      fc.asyncProperty(id, body, type, async (requestId, payload, contentType) => {
        expectDocumented(await call('GET', `/events/${requestId}`));
        const headers = { 'content-type': contentType };
        expectDocumented(await call('PUT', `/events/${requestId}`, { body: payload, headers }));
      }),
      { numRuns: 200 },
    );
  });
});
