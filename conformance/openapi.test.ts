import { readFileSync } from 'node:fs';
import { type JsonObject, managementDocument, v3Document, v4Document } from '@whorl/contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { contractDocuments } from './contract-document.ts';
import { type Differences, v3Differences, v4Differences } from './deliberate-differences.ts';
import { deriveSchema, type ServerSdk } from './derive-schemas.ts';
import { type Definitions, schemaDifferences, schemaFields } from './schema-fields.ts';

const schemasOf = (document: JsonObject) => (document.components as { schemas: Definitions }).schemas;

/** Our schema for each of the SDK's. */
const v3Names = {
  EventsGetResponse: 'Event',
  SearchEventsResponse: 'SearchAnswer',
  EventsUpdateRequest: 'EventUpdate',
  VisitorsGetResponse: 'Visits',
  RelatedVisitorsResponse: 'RelatedVisitors',
  Webhook: 'WebhookEvent',
  ErrorResponse: 'Error',
  ErrorPlainResponse: 'PlainError',
} as const satisfies Record<keyof typeof v3Differences, string>;

const v4Names = {
  Event: 'Event',
  EventSearch: 'SearchAnswer',
  EventUpdate: 'EventUpdate',
  ErrorResponse: 'Error',
} as const satisfies Record<keyof typeof v4Differences, string>;

const asPattern = (difference: string): RegExp =>
  new RegExp(`^${difference.replace(/[.[\]|()?$^+{}\\]/g, '\\$&').replaceAll('*', '[^.]+')}$`);

/** Nothing may differ that is not in the table, and nothing may be in the table that does not differ. */
const expectExactly = (found: string[], deliberate: Differences): void => {
  const patterns = Object.keys(deliberate).map((difference) => ({ difference, pattern: asPattern(difference) }));
  const unexplained = found.filter((line) => !patterns.some(({ pattern }) => pattern.test(line)));
  const vanished = patterns.filter(({ pattern }) => !found.some((line) => pattern.test(line)));
  expect({ unexplained, vanished: vanished.map(({ difference }) => difference) }).toEqual({
    unexplained: [],
    vanished: [],
  });
};

const compare = (
  sdk: ServerSdk,
  document: JsonObject,
  names: Record<string, string>,
  tables: Record<string, Differences>,
) => {
  const ours = schemasOf(document);
  const { definitions } = deriveSchema(sdk) as { definitions: Definitions };
  for (const [theirName, ourName] of Object.entries(names)) {
    const [theirSchema, ourSchema] = [definitions[theirName], ours[ourName]];
    if (theirSchema === undefined || ourSchema === undefined) throw new Error(`there is no ${theirName} or ${ourName}`);
    const found = schemaDifferences(schemaFields(theirSchema, definitions), schemaFields(ourSchema, ours));
    expectExactly(found, tables[theirName] ?? {});
  }
};

describe('our OpenAPI documents', () => {
  it('describe answers and bodies as the types of the official v3 SDK do, but for what differs on purpose', () => {
    compare('@fingerprintjs/fingerprintjs-pro-server-api', v3Document(), v3Names, v3Differences);
  });

  it('describe answers and bodies as the types of the official v4 SDK do, but for what differs on purpose', () => {
    compare('@fingerprint/node-sdk', v4Document(), v4Names, v4Differences);
  });

  it.each([
    ['v3', v3Document()],
    ['v4', v4Document()],
    ['management', managementDocument()],
  ])('hold schemas of JSON Schema 2020-12 that can be validated with: %s', (name, document) => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, validateFormats: false });
    ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'tags', 'paths', 'webhooks', 'components']);
    ajv.addSchema(document, name);
    for (const schema of Object.keys(schemasOf(document))) {
      expect(ajv.compile({ $ref: `${name}#/components/schemas/${schema}` }), schema).toBeTypeOf('function');
    }
  });
});

type Parameter = { name: string; in: string; required?: boolean; schema: JsonObject };
type Paths = Record<string, Record<string, { parameters?: Parameter[] }>>;

/** Ours are told from the server's root, theirs from the API's. */
const withPrefix: Record<'v3' | 'v4', string> = { v3: '', v4: '/v4' };
const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

const queryOf = (paths: Paths, definitions: Definitions): Map<string, string> =>
  new Map(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([method]) => METHODS.includes(method))
        .flatMap(([method, { parameters = [] }]) =>
          parameters
            .filter((parameter) => parameter.in === 'query')
            .map(({ name, required = false, schema }) => {
              const fields = [...schemaFields(schema, definitions).entries()].map(([at, { types, values }]) => [
                at,
                values === null ? [...types].sort() : [...values].sort(),
              ]);
              return [`${method} ${path} ${name}`, JSON.stringify({ required, fields })] as const;
            }),
        ),
    ),
  );

describe.each(['v3', 'v4'] as const)('the query parameters of %s', (version) => {
  const { path, exists } = contractDocuments[version];
  it.runIf(exists)('are exactly those of the published document', () => {
    const published = parse(readFileSync(path, 'utf8')) as { paths: Paths; components: { schemas: Definitions } };
    const theirs = queryOf(published.paths, published.components.schemas);
    const document = { v3: v3Document, v4: v4Document }[version]();
    const ours = new Map(
      [...queryOf(document.paths as Paths, schemasOf(document))].map(([name, form]) => [
        name.replace(` ${withPrefix[version]}/`, ' /'),
        form,
      ]),
    );
    const names = [...new Set([...theirs.keys(), ...ours.keys()])].sort();
    const found = names
      .filter((name) => theirs.get(name) !== ours.get(name))
      .map((name) => `${name}: ${theirs.get(name)} → ${ours.get(name)}`);
    expect(found).toEqual([]);
  });
});

describe('schemaDifferences', () => {
  const theirs = {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string', enum: ['x', 'y'] }, b: { type: 'array', items: { $ref: '#/definitions/B' } } },
  };
  const definitions = { B: { type: 'object', properties: { c: { type: 'number' } } } };

  it.each<[string, object, string[]]>([
    ['nothing', theirs, []],
    ['a stronger promise', { ...theirs, required: ['a', 'b'] }, []],
    ['a weaker one', { ...theirs, required: [] }, ['.a may be left out']],
    ['a field too few', { ...theirs, properties: { a: theirs.properties.a } }, ['.b is missing']],
    [
      'a field too many',
      { ...theirs, properties: { ...theirs.properties, d: { properties: { e: {} } } } },
      ['.d is added'],
    ],
    [
      'other values and types',
      { ...theirs, properties: { a: { enum: ['x', 'z'] }, b: { type: 'array', items: { type: 'string' } } } },
      ['.a lacks "y"', '.a adds "z"', '.b[] lacks object', '.b[] adds string', '.b[].c is missing'],
    ],
  ])('tells of %s', (_, ours, expected) => {
    const found = schemaDifferences(schemaFields(theirs, definitions), schemaFields(ours, definitions));
    expect(found).toEqual(expected);
  });
});
