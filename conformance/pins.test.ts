import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, v3Document, v4Document } from '@whorl/contract';
import { REPOSITORY } from '@whorl/testing';
import { describe, expect, it } from 'vitest';
import { fieldPaths, fieldPathsOfEach, readFieldPaths } from './field-paths.ts';
import { expectPinned, PIN_FOLDER, pinFile } from './pin.ts';
import { neverShown, type PinName, type PinnedSchema, pins } from './pins.ts';
import { type Definitions, type Field, parentOf, schemaFields } from './schema-fields.ts';

const names = Object.keys(pins) as PinName[];
const documents: Record<string, JsonObject> = { v3: v3Document(), v4: v4Document() };

/** Every reference to a schema that is within something. */
const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' ? [String(member).split('/').at(-1) ?? ''] : referencesIn(member),
  );
};

/** The schemas of what a document's server sends: its answers and the bodies of its webhooks. */
const sentBy = ({ paths, webhooks = {} }: JsonObject): string[] => {
  const operations = Object.values(paths as Record<string, object>).flatMap((path) => Object.values(path) as object[]);
  const answers = operations.map((operation) => ('responses' in operation ? operation.responses : {}));
  return [...new Set(referencesIn([answers, webhooks]))].sort();
};

const asPattern = (line: string): RegExp =>
  new RegExp(`^${line.replace(/[.[\]|()?$^+{}\\]/g, '\\$&').replaceAll('*', '.+')}$`);
const excuses = Object.keys(neverShown).map((line) => ({ line, pattern: asPattern(line) }));

const fieldsOf = (schema: PinnedSchema): Map<string, Field> => {
  const [api = '', name = ''] = schema.split(' ');
  const { schemas: definitions } = (documents[api] as { components: { schemas: Definitions } }).components;
  const root = definitions[name];
  if (root === undefined) throw new Error(`${api} describes no ${name}`);
  return schemaFields(root, definitions);
};

/** Whether a field stands within another of which the schema says nothing more, such as a tag. */
const isWithinOpen = (path: string, fields: ReadonlyMap<string, Field>): boolean => {
  let nearest = parentOf(path);
  while (!fields.has(nearest)) nearest = parentOf(nearest);
  return ![...fields.keys()].some((other) => parentOf(other) === nearest);
};

/** A field as a line that tells its schema, too. */
const pinnedLines = (name: PinName): string[] =>
  readFieldPaths(readFileSync(pinFile(name), 'utf8')).map(({ path, type }) => `${pins[name]} ${path} ${type}`);

const describedLines = (schema: PinnedSchema): string[] =>
  [...fieldsOf(schema)].flatMap(([path, { types }]) => [...types].map((type) => `${schema} ${path} ${type}`));

const schemas = [...new Set<PinnedSchema | null>(Object.values(pins))].filter((schema) => schema !== null);

describe('the pins', () => {
  it('are the files of fields/, no more and no fewer', () => {
    expect(readdirSync(PIN_FOLDER).sort()).toEqual(names.map((name) => `${name}.txt`).sort());
  });

  it('are each compared by a test', () => {
    const tests = readdirSync(join(REPOSITORY, 'conformance')).filter((file) => file.endsWith('.test.ts'));
    const text = tests.map((file) => readFileSync(join(REPOSITORY, 'conformance', file), 'utf8')).join('\n');
    expect(names.filter((name) => !new RegExp(`\\bpin(Each)?\\('${name}'`).test(text))).toEqual([]);
  });

  it('show every schema that our OpenAPI documents say is sent', () => {
    const sent = Object.entries(documents).flatMap(([api, document]) =>
      sentBy(document).map((name) => `${api} ${name}`),
    );
    expect(sent.length).toBeGreaterThan(10);
    expect([...schemas].sort()).toEqual(sent.sort());
  });

  it.each(schemas)('show together all fields of the schema, and none besides: %s', (schema) => {
    const fields = fieldsOf(schema);
    const described = describedLines(schema);
    const pinned = names.filter((name) => pins[name] === schema).flatMap(pinnedLines);
    const isExcused = (line: string) => excuses.some(({ pattern }) => pattern.test(line));
    const isOpen = (line: string) => isWithinOpen(line.split(' ')[2] ?? '', fields);
    expect({
      notPinned: described.filter((line) => !pinned.includes(line) && !isExcused(line)),
      notDescribed: [...new Set(pinned)].filter((line) => !described.includes(line) && !isOpen(line)),
    }).toEqual({ notPinned: [], notDescribed: [] });
  });

  it('show nothing of what is never shown, which the schemas have all the same', () => {
    const described = schemas.flatMap(describedLines);
    const pinned = names.flatMap(pinnedLines);
    for (const { line, pattern } of excuses) {
      expect(
        described.some((field) => pattern.test(field)),
        line,
      ).toBe(true);
      expect(
        pinned.filter((field) => pattern.test(field)),
        line,
      ).toEqual([]);
    }
  });
});

describe('a pin', () => {
  it('fails where it differs or is missing, and is written only where that is asked for', () => {
    const folder = mkdtempSync(join(tmpdir(), 'whorl-pins-'));
    const path = join(folder, 'pin.txt');
    try {
      expect(() => expectPinned(path, '.a string\n', false)).toThrow('there is no');
      expect(existsSync(path)).toBe(false);
      expectPinned(path, '.a string\n', true);
      expectPinned(path, '.a string\n', false);
      writeFileSync(path, '.a number\n');
      expect(() => expectPinned(path, '.a string\n', false)).toThrow();
      expect(readFileSync(path, 'utf8')).toBe('.a number\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('notices a field that comes, goes or changes its type', () => {
    const answer = { a: [{ b: 1 }], c: null };
    expect(fieldPaths(answer)).toBe('. object\n.a array\n.a[] object\n.a[].b number\n.c null\n');
    for (const other of [
      { a: [{ b: 1, d: 1 }], c: null },
      { a: [{}], c: null },
      { a: [{ b: '1' }], c: null },
    ]) {
      expect(fieldPaths(other)).not.toBe(fieldPaths(answer));
    }
  });

  it('of several answers tells which of them have a field', () => {
    const text = fieldPathsOfEach({ one: { a: 1, b: 1 }, two: { a: 1, b: 'x' }, three: { a: 1 } });
    expect(text).toBe('. object\n.a number\n.b number in one\n.b string in two\n');
    expect(readFieldPaths(text).at(0)).toEqual({ path: '', type: 'object' });
    expect(readFieldPaths(text).at(-1)).toEqual({ path: '.b', type: 'string' });
  });
});
