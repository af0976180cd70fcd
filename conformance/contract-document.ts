import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@whorl/testing';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** Where the vendor's published OpenAPI document of the Server API is looked for, and whether it is there. */
const documentOf = (version: 'v3' | 'v4') => {
  const path = join(REPOSITORY, `../shared/contract/server-api-${version}.yaml`);
  return { path, exists: existsSync(path) };
};

/** The published documents, for workplaces that keep them beside the repository. */
export const contractDocuments = { v3: documentOf('v3'), v4: documentOf('v4') };

/** The document of v3. */
export const contractDocument = contractDocuments.v3;

const isTimezone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/**
 * Validators by the name of a schema in the OpenAPI document (version 3.0 of v3, 3.1 of v4). Ajv knows `nullable`; not
 * being strict, it passes over `x-…`, `example` and other words that only describe.
 *
 * Throws where the document is not there: ask {@link contractDocuments} first.
 */
export const contractValidator = (name: string, version: 'v3' | 'v4' = 'v3'): ValidateFunction => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('timezone', isTimezone);
  ajv.addSchema(parse(readFileSync(contractDocuments[version].path, 'utf8')), 'contract');
  return ajv.compile({ $ref: `contract#/components/schemas/${name}` });
};
