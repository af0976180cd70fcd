/** A piece of JSON text and what it is. */
export type JsonToken = { kind: 'key' | 'string' | 'number' | 'word' | 'mark'; text: string };

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Splits JSON text for colouring. The texts of the tokens joined are the input again. */
export const jsonTokens = (json: string): JsonToken[] => {
  const tokens: JsonToken[] = [];
  let end = 0;
  const push = (kind: JsonToken['kind'], text: string): void => {
    if (text !== '') tokens.push({ kind, text });
  };
  for (const match of json.matchAll(TOKEN)) {
    push('mark', json.slice(end, match.index));
    const [all, string, colon] = match;
    end = match.index + all.length;
    if (string !== undefined) {
      push(colon === undefined ? 'string' : 'key', string);
      push('mark', colon ?? '');
    } else push(/^[tfn]/.test(all) ? 'word' : 'number', all);
  }
  push('mark', json.slice(end));
  return tokens;
};
