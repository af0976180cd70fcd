import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import { managementDocument } from './management-document.ts';
import { v3Document } from './v3-document.ts';
import { v4Document } from './v4-document.ts';

const documents: [string, JsonObject][] = [
  ['v3', v3Document()],
  ['v4', v4Document()],
  ['management', managementDocument()],
];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (document: Json, pointer: string): Json | undefined =>
  pointer
    .replace('#/', '')
    .split('/')
    .reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), document);

const everyObject = (value: Json): JsonObject[] => {
  if (Array.isArray(value)) return value.flatMap(everyObject);
  return isObject(value) ? [value, ...Object.values(value).flatMap(everyObject)] : [];
};

const JSON_TYPE = 'application/json';

type Operation = { path: string; operationId: string; operation: JsonObject };

const operations = (document: JsonObject): Operation[] =>
  Object.entries((document.paths ?? {}) as Record<string, JsonObject>).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({
      path,
      operation: operation as JsonObject,
      operationId: String((operation as JsonObject).operationId),
    })),
  );

describe.each(documents)('the document of %s', (_, document) => {
  it('refers only to what it holds', () => {
    const references = everyObject(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) expect(at(document, reference), reference).toBeDefined();
  });

  it('uses every schema that it names', () => {
    const text = JSON.stringify(document);
    const names = Object.keys(at(document, '#/components/schemas') as JsonObject);
    expect(names.filter((name) => !text.includes(`"#/components/schemas/${name}"`))).toEqual([]);
  });

  it('gives every operation a name of its own, a summary, a tag that is described, and its errors', () => {
    const all = operations(document);
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
    const tags = (document.tags as { name: string; description: string }[]).map(({ name }) => name);
    for (const { operation, operationId } of all) {
      expect(operation.summary, operationId).toMatch(/^[A-Z].*[^.]$/);
      for (const tag of operation.tags as string[]) expect(tags, operationId).toContain(tag);
      expect(Object.keys(operation.responses as JsonObject), operationId).toContain('500');
    }
  });

  it('describes exactly the parameters that stand in a path, and all of a query', () => {
    for (const { path, operation, operationId } of operations(document)) {
      const parameters = (operation.parameters ?? []) as { name: string; in: string; description: string }[];
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath, operationId).toEqual([...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name));
      for (const { name, description } of parameters) expect(description, `${operationId} ${name}`).toMatch(/\.$/);
    }
  });

  it('shows a body for every operation that takes one, and it is of the form that it documents', () => {
    const bodies = operations(document).flatMap(({ operationId, operation }) => {
      const body = at(operation, '#/requestBody/content') as { [JSON_TYPE]: JsonObject } | undefined;
      return body === undefined ? [] : [{ operationId, ...body[JSON_TYPE] }];
    });
    expect(bodies.length).toBeGreaterThan(0);
    for (const { operationId, schema, example } of bodies as { operationId: string; schema: object; example: Json }[]) {
      expect(example, operationId).toBeDefined();
      const validator = Compile({ ...schema, components: document.components });
      expect([...validator.Errors(example)], operationId).toEqual([]);
    }
  });

  it('shows each error as it is answered', () => {
    for (const { operation, operationId } of operations(document)) {
      for (const [status, response] of Object.entries(operation.responses as Record<string, JsonObject>)) {
        if (Number(status) < 400) continue;
        const examples = at(response, '#/content/application~json/examples') ?? {};
        const found = (response.content as Record<string, JsonObject>)['application/json']?.examples ?? examples;
        expect(Object.keys(found as JsonObject).length, `${operationId} ${status}`).toBeGreaterThan(0);
        if (status === '429') expect(response.headers, operationId).toHaveProperty('Retry-After');
      }
    }
  });
});
