import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A document of a file with the line it begins at, or why the text there is no JSON. */
export type JsonDocument = { line: number } & ({ ok: true; value: unknown } | { ok: false; fault: string });

const parse = (text: string): { ok: true; value: unknown } | { ok: false; fault: string } => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, fault: `is not JSON: ${(error as SyntaxError).message}` };
  }
};

/** A text that may be the beginning of a document on several lines, as pretty-printed JSON is. */
const opens = (text: string): boolean => /^\s*[[{]/.test(text);

type Line = { number: number; text: string };

const alone = ({ number, text }: Line): JsonDocument => ({ line: number, ...parse(text) });

/** Lines that did not make one document together are taken one by one, so that one that is cut short costs no other. */
const documentsOf = (lines: readonly Line[]): JsonDocument[] => {
  const [first] = lines;
  if (first === undefined) return [];
  const whole = parse(lines.map(({ text }) => text).join('\n'));
  return whole.ok ? [{ line: first.number, ...whole }] : lines.map(alone);
};

/**
 * The JSON documents of a file: one on each line (NDJSON), or one that spans the whole file. Where the first text is a
 * document of its own, so is every other line, and lines are read one by one: an export of any size can be read.
 */
export async function* jsonDocuments(path: string): AsyncGenerator<JsonDocument> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  let spanning: Line[] | undefined;
  let begun = false;
  for await (const text of lines) {
    number++;
    const line = { number, text: number === 1 ? text.replace(/^\uFEFF/, '') : text };
    if (line.text.trim() === '') continue;
    const one = alone(line);
    if (!begun && !one.ok && opens(line.text)) spanning = [];
    begun = true;
    if (spanning === undefined) yield one;
    else spanning.push(line);
  }
  yield* documentsOf(spanning ?? []);
}
