import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import ts from 'typescript';

const SDK = '@fingerprintjs/fingerprintjs-pro-server-api';
const require = createRequire(import.meta.url);

/** The published types of the official SDK, as installed. */
const sdkTypes = (): string => readFileSync(join(dirname(require.resolve(SDK)), 'index.d.ts'), 'utf8');

const isNamed = (name: string) => (member: ts.TypeElement) => member.name?.getText() === name;

/**
 * The members of `components.schemas` as types of their own.
 *
 * The SDK holds all its schemas in one interface whose members refer to each other through the interface itself
 * (`components['schemas']['Tag']`). The generator resolves such a reference to the whole interface, so each member gets a
 * name first. Nothing else about the types is changed.
 */
const asSeparateTypes = (source: string): string => {
  const file = ts.createSourceFile('sdk.d.ts', source, ts.ScriptTarget.Latest, true);
  const components = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === 'components',
  );
  const schemas = components?.members.find(isNamed('schemas'));
  if (schemas === undefined || !ts.isPropertySignature(schemas) || schemas.type === undefined) {
    throw new Error(`${SDK} no longer has an interface "components" with "schemas"`);
  }
  if (!ts.isTypeLiteralNode(schemas.type)) throw new Error(`the schemas of ${SDK} are no type literal`);
  return schemas.type.members
    .filter(ts.isPropertySignature)
    .map((member) => `export type ${member.name.getText()} = ${member.type?.getText() ?? 'unknown'};`)
    .join('\n')
    .replaceAll(/components\['schemas'\]\['(\w+)'\]/g, '$1');
};

/** JSON Schema (draft 7) of every schema that the installed SDK publishes. Objects allow no properties besides those named. */
export const deriveSchema = (): Record<string, unknown> => {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-sdk-types-'));
  const path = join(folder, 'sdk-types.ts');
  writeFileSync(path, asSeparateTypes(sdkTypes()));
  try {
    const generator = createGenerator({
      path,
      type: '*',
      expose: 'export',
      jsDoc: 'none',
      additionalProperties: false,
      skipTypeCheck: true,
    });
    return { ...generator.createSchema('*') };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Validators of answers against the types that the official SDK publishes. */
export type SdkValidators = { event: ValidateFunction; error: ValidateFunction };

/** Derives the schemas (about 3 s) and compiles those of `GET /events/{request_id}` and of errors. */
export const sdkValidators = (): SdkValidators => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  ajv.addSchema(deriveSchema(), 'sdk');
  const validator = (name: string): ValidateFunction => ajv.compile({ $ref: `sdk#/definitions/${name}` });
  return { event: validator('EventsGetResponse'), error: validator('ErrorResponse') };
};
