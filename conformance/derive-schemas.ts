import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import ts from 'typescript';
import { expect } from 'vitest';
import { type JsonSchema, schemaOfTypes } from './schema-of-types.ts';

/** The official Node SDKs, of the v3 and of the v4 Server API. */
export type ServerSdk = '@fingerprintjs/fingerprintjs-pro-server-api' | '@fingerprint/node-sdk';

const require = createRequire(import.meta.url);

/** The published types of an official SDK, as installed. */
const sdkTypes = (sdk: ServerSdk): string => readFileSync(join(dirname(require.resolve(sdk)), 'index.d.ts'), 'utf8');

const isNamed = (name: string) => (member: ts.TypeElement) => member.name?.getText() === name;

/**
 * The members of `components.schemas` as types of their own.
 *
 * The SDK holds all its schemas in one interface whose members refer to each other through the interface itself
 * (`components['schemas']['Tag']`). The generator resolves such a reference to the whole interface, so each member gets a
 * name first. Nothing else about the types is changed.
 */
const asSeparateTypes = (sdk: ServerSdk): string => {
  const source = sdkTypes(sdk);
  const file = ts.createSourceFile('sdk.d.ts', source, ts.ScriptTarget.Latest, true);
  const components = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === 'components',
  );
  const schemas = components?.members.find(isNamed('schemas'));
  if (schemas === undefined || !ts.isPropertySignature(schemas) || schemas.type === undefined) {
    throw new Error(`${sdk} no longer has an interface "components" with "schemas"`);
  }
  if (!ts.isTypeLiteralNode(schemas.type)) throw new Error(`the schemas of ${sdk} are no type literal`);
  return schemas.type.members
    .filter(ts.isPropertySignature)
    .map((member) => `export type ${member.name.getText()} = ${member.type?.getText() ?? 'unknown'};`)
    .join('\n')
    .replaceAll(/components\['schemas'\]\['(\w+)'\]/g, '$1');
};

/** JSON Schema (draft 7) of every schema that an installed SDK publishes. Objects allow no properties besides those named. */
export const deriveSchema = (sdk: ServerSdk): JsonSchema => schemaOfTypes(asSeparateTypes(sdk), '*');

/** The validator of a schema by its name. Throws where there is no such schema. */
export type Validators = (name: string) => ValidateFunction;

/** Derives the schemas of an SDK, to validate answers against the types that it publishes. Each is compiled once. */
export const sdkValidators = (sdk: ServerSdk): Validators => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  ajv.addSchema(deriveSchema(sdk), 'sdk');
  const compiled = new Map<string, ValidateFunction>();
  return (name) => {
    const validator = compiled.get(name) ?? ajv.compile({ $ref: `sdk#/definitions/${name}` });
    compiled.set(name, validator);
    return validator;
  };
};

/** Fails with what is wrong where a value does not fit. */
export const expectFit = (validator: ValidateFunction, value: unknown): void => {
  validator(value);
  expect(validator.errors).toBeNull();
};
