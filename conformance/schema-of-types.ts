import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

export type JsonSchema = Record<string, unknown>;

const derive = (types: string, name: string): JsonSchema => {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-types-'));
  const path = join(folder, 'types.ts');
  writeFileSync(path, types);
  try {
    const generator = createGenerator({
      path,
      type: name,
      expose: 'export',
      jsDoc: 'none',
      additionalProperties: false,
      skipTypeCheck: true,
    });
    return { ...generator.createSchema(name) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/**
 * JSON Schema (draft 7) of an exported type of a TypeScript text, or of all by the name `*`. Objects allow no properties
 * besides those named.
 *
 * Deriving takes seconds, and many files of tests want the same: what was derived is kept in the temporary folder of the
 * run, by the text that it was derived from.
 */
export const schemaOfTypes = (types: string, name: string): JsonSchema => {
  const key = createHash('sha256').update(`${name}\n${types}`).digest('hex');
  const kept = join(tmpdir(), `whorl-schema-${key}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as JsonSchema;
  const schema = derive(types, name);
  // Whole under another name first: what is found under this one is never half-written.
  writeFileSync(`${kept}.${process.pid}`, JSON.stringify(schema));
  renameSync(`${kept}.${process.pid}`, kept);
  return schema;
};
