import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A document of a file with the place it begins at, or why the text there is no JSON. */
export type JsonDocument = { line: number } & ({ ok: true; value: unknown } | { ok: false; fault: string });

const parse = (text: string): { ok: true; value: unknown } | { ok: false; fault: string } => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, fault: `is not JSON: ${(error as SyntaxError).message}` };
  }
};

/**
 * The JSON documents of a file: one on each line (NDJSON), or one that spans the whole file. Lines are read one by one, so
 * that an export of any size can be read as long as it has its events on lines of their own.
 */
export async function* jsonDocuments(path: string): AsyncGenerator<JsonDocument> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  let whole: string[] | undefined;
  for await (const line of lines) {
    number++;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (whole !== undefined) {
      whole.push(text);
      continue;
    }
    if (text.trim() === '') continue;
    const parsed = parse(text);
    // A first line that is not a document of its own begins one that goes on below.
    if (!parsed.ok && /^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text)) whole = [text];
    else yield { line: number, ...parsed };
  }
  if (whole !== undefined) yield { line: number - whole.length + 1, ...parse(whole.join('\n')) };
}
