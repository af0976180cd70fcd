import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@whorl/testing';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { it } from 'vitest';
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

const readDocuments = new Map<'v3' | 'v4', AnySchemaObject>();

/** A published document, read once. Throws where it is not there: ask {@link contractDocuments} first. */
export const publishedDocument = (version: 'v3' | 'v4'): AnySchemaObject => {
  const document =
    readDocuments.get(version) ?? (parse(readFileSync(contractDocuments[version].path, 'utf8')) as AnySchemaObject);
  readDocuments.set(version, document);
  return document;
};

const validators = new Map<'v3' | 'v4', Ajv>();

/** Ajv knows `nullable`; not being strict, it passes over `x-…`, `example` and other words that only describe. */
const validatorsOf = (version: 'v3' | 'v4'): Ajv => {
  const known = validators.get(version);
  if (known !== undefined) return known;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('timezone', isTimezone);
  ajv.addSchema(publishedDocument(version), 'contract');
  validators.set(version, ajv);
  return ajv;
};

/**
 * The validator of a schema of the OpenAPI document (version 3.0 of v3, 3.1 of v4), by the schema's name. Throws where
 * the document, or the schema, is not there.
 */
export const contractValidator = (name: string, version: 'v3' | 'v4' = 'v3'): ValidateFunction => {
  const validator = validatorsOf(version).getSchema(`contract#/components/schemas/${name}`);
  if (validator === undefined) throw new Error(`the document of ${version} has no schema ${name}`);
  return validator;
};

/** `it` for what needs the published document: a test of its own, so that a run without it shows what it did not check. */
export const documentedTest = (version: 'v3' | 'v4'): ReturnType<typeof it.runIf> => {
  const { path, exists } = contractDocuments[version];
  if (!exists) process.stderr.write(`NOT RUN: validation against the OpenAPI document: there is no ${path}\n`);
  return it.runIf(exists);
};
