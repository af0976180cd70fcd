import type { JsonObject } from '@whorl/contract';
import fc from 'fast-check';
import { type DocumentedOperation, documents } from './documented-operations.ts';

/** Texts that readers of numbers, dates, addresses, and databases stumble over. */
const nasty = [
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  '1e999',
  '0x10',
  '99999999999999999999',
  'NaN',
  'true',
  'TRUE',
  'null',
  'undefined',
  '[]',
  '{}',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '٣',
  "'; drop table events; --",
  '../../etc/passwd',
  '2025-13-45',
  '2025-02-30T25:61:61Z',
  '10.0.0.0/33',
  '::/129',
  '1/1',
  '%',
  'constructor',
  '__proto__',
  'x'.repeat(5_000),
];

const text = fc.oneof(fc.constantFrom(...nasty), fc.string(), fc.string({ unit: 'binary' }), fc.integer().map(String));

const encode = (value: string): string => {
  try {
    return encodeURIComponent(value);
  } catch {
    // Half of a surrogate pair has no form in UTF-8; its bytes are sent as they would be, which is no UTF-8.
    return '%ED%A0%80';
  }
};

/** One parameter, or several of one name, in each of the ways that clients write lists. */
const pair = (name: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: text.map((value) => `${name}=${encode(value)}`) },
    { weight: 1, arbitrary: fc.tuple(text, text).map(([a, b]) => `${name}=${encode(a)}&${name}=${encode(b)}`) },
    { weight: 1, arbitrary: text.map((value) => `${name}[]=${encode(value)}`) },
    { weight: 1, arbitrary: fc.constantFrom(name, `${name}=%zz`, `${name}=%`, `${name}[a]=1`, `${name}=%ff%fe`) },
  );

/** A query with some of the operation's parameters, right or wrong; empty or with a question mark before it. */
export const arbitraryQuery = ({ parameters }: DocumentedOperation): fc.Arbitrary<string> => {
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  if (names.length === 0) return fc.constantFrom('', '?limit=x', '?__proto__=1');
  const some = fc.subarray(names, { maxLength: Math.min(4, names.length) });
  return some
    .chain((chosen) => fc.tuple(...chosen.map(pair)))
    .map((pairs) => `?${['limit=1', ...pairs].slice(pairs.length % 2).join('&')}`);
};

/** A text that is one part of a path: not empty, and none of the parts that addresses are shortened by (RFC 3986, 5.2.4). */
const pathPart = text.map(encode).filter((part) => !['', '.', '..'].includes(part));

/** The path of an operation; parameters that stay in braces are to be filled with ids that there are. */
export const arbitraryPath = ({ path }: DocumentedOperation): fc.Arbitrary<string> =>
  path.split(/(\{[^}]+\})/).reduce<fc.Arbitrary<string>>((before, part) => {
    const filled = { weight: 3, arbitrary: fc.constant(part) };
    const own = part.startsWith('{') ? fc.oneof(filled, { weight: 2, arbitrary: pathPart }) : fc.constant(part);
    return fc.tuple(before, own).map((parts) => parts.join(''));
  }, fc.constant(''));

const resolve = (api: DocumentedOperation['api'], { $ref, ...schema }: JsonObject): JsonObject => {
  if (typeof $ref !== 'string') return schema;
  const { schemas } = documents[api].components as { schemas: Record<string, JsonObject> };
  return resolve(api, schemas[$ref.split('/').at(-1) ?? ''] ?? {});
};

/** Objects with the body's own fields, right and wrong, and texts that are no such thing at all. */
export const arbitraryBody = ({ api, body }: DocumentedOperation): fc.Arbitrary<string | undefined> => {
  if (body === undefined) return fc.constant(undefined);
  const fields = Object.keys((resolve(api, body).properties ?? {}) as JsonObject);
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), text, fc.constantFrom(true, 0, 1, 2 ** 53, null, [], {}));
  const name = fields.length === 0 ? text : fc.oneof(fc.constantFrom(...fields), text);
  const object = fc.dictionary(name, value, { maxKeys: 5 }).map((each) => JSON.stringify(each));
  const deep = fc.constantFrom(10, 5_000).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
  const large = fc.constant(JSON.stringify({ [fields[0] ?? 'a']: 'x'.repeat(300_000) }));
  return fc.oneof(
    { weight: 12, arbitrary: object },
    { weight: 2, arbitrary: fc.jsonValue().map((each) => JSON.stringify(each)) },
    { weight: 2, arbitrary: fc.constantFrom('', '{', 'null', '[]', '"x"', '{"__proto__":{}}', '\ufeff{}', '{"a":1,}') },
    { weight: 1, arbitrary: text },
    { weight: 1, arbitrary: deep },
    { weight: 1, arbitrary: large },
  );
};
