import { type ImportCounts, type ImportOptions, ImportRun } from './import-run.ts';
import type { JsonDocument } from './json-documents.ts';

/**
 * Stores exported events under their own ids. An id that is known already is left as it is, so that an import that was
 * broken off can simply be run again.
 */
export const importEvents = async (
  documents: AsyncIterable<JsonDocument>,
  options: ImportOptions,
): Promise<ImportCounts> => {
  const run = new ImportRun(options);
  for await (const document of documents) await run.take(document);
  return run.finish();
};
