import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@whorl/testing';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** The vendor's published OpenAPI document of the Server API v3, for workplaces that keep it beside the repository. */
const DOCUMENT = join(REPOSITORY, '../shared/contract/server-api-v3.yaml');

/** Where the document is looked for, and whether it is there. */
export const contractDocument = { path: DOCUMENT, exists: existsSync(DOCUMENT) };

const isTimezone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/**
 * Validators by the name of a schema in the OpenAPI document (version 3.0). Ajv knows `nullable`; not being strict, it
 * passes over `x-…`, `example` and other words that only describe.
 *
 * Throws where the document is not there: ask {@link contractDocument} first.
 */
export const contractValidator = (name: string): ValidateFunction => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('timezone', isTimezone);
  ajv.addSchema(parse(readFileSync(DOCUMENT, 'utf8')), 'contract');
  return ajv.compile({ $ref: `contract#/components/schemas/${name}` });
};
