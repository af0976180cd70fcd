import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { schemaOfTypes } from './schema-of-types.ts';

const require = createRequire(import.meta.url);

/** The published types of an official browser loader, as installed. */
const loaderTypes = (loader: string): string => readFileSync(join(dirname(require.resolve(loader)), 'fp.d.ts'), 'utf8');

/** A sealed result is an object with methods; across the border of a page it is what its `toJSON` gives. */
const withPlainSealedResults = (types: string): string => {
  const plain = types.replace(/interface BinaryOutput \{[^}]*\btoJSON\(\): (\w+);[^}]*\}/, 'type BinaryOutput = $1;');
  if (plain === types) throw new Error('the v4 loader no longer publishes BinaryOutput with toJSON()');
  return plain;
};

/** Where each kind of result is published, and under which name. */
const published = {
  v3: () => ({ types: loaderTypes('@fingerprintjs/fingerprintjs-pro'), name: 'GetResult' }),
  v3Extended: () => ({ types: loaderTypes('@fingerprintjs/fingerprintjs-pro'), name: 'ExtendedGetResult' }),
  v4: () => ({ types: withPlainSealedResults(loaderTypes('@fingerprint/agent')), name: 'PublicGetResult' }),
} as const satisfies Record<string, () => { types: string; name: string }>;

/**
 * The validator of what a loader's `get` resolves to, as JSON, derived from the types that the installed loader publishes.
 * Objects allow no properties besides those named.
 */
export const agentResultValidator = (kind: keyof typeof published): ValidateFunction => {
  const { types, name } = published[kind]();
  return new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
    schemaOfTypes(`${types}\nexport type Result = ${name};\n`, 'Result'),
  );
};
