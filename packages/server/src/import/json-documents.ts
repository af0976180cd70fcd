import { fileBytes, UnpackFault } from './file-bytes.ts';
import { JsonSplitter, type Stretch } from './json-splitter.ts';

/** A document of a file with the line it begins at, or why the text there is no JSON. */
export type JsonDocument = { line: number } & ({ ok: true; value: unknown } | { ok: false; fault: string });

/** Without replacement characters: what is no UTF-8, and was no UTF-16, is refused, never guessed at. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const parse = (bytes: Buffer): { ok: true; value: unknown } | { ok: false; fault: string } => {
  try {
    return { ok: true, value: JSON.parse(utf8.decode(bytes)) };
  } catch (error) {
    return {
      ok: false,
      fault: `is not JSON: ${error instanceof SyntaxError ? error.message : 'it is not well-formed Unicode'}`,
    };
  }
};

const documentOf = (stretch: Stretch): JsonDocument => {
  const { first, last } = stretch;
  const read = stretch.ok ? parse(stretch.text) : stretch;
  if (read.ok) return { line: first, ok: true, value: read.value };
  return { line: first, ok: false, fault: last > first ? `up to line ${last}, ${read.fault}` : read.fault };
};

/**
 * The JSON documents of a file, however they are laid out: see `JsonSplitter`. The file may be of any size, packed with
 * gzip, and in UTF-8 or UTF-16; one document has at most 64 MB.
 */
export async function* jsonDocuments(path: string): AsyncGenerator<JsonDocument> {
  const splitter = new JsonSplitter();
  let damage: string | undefined;
  try {
    for await (const chunk of fileBytes(path)) yield* splitter.push(chunk).map(documentOf);
  } catch (error) {
    if (!(error instanceof UnpackFault)) throw error;
    damage = error.message;
  }
  yield* splitter.end().map(documentOf);
  if (damage !== undefined) yield { line: splitter.line, ok: false, fault: damage };
}
