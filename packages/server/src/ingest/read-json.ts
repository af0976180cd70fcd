/** Without replacement characters: what is no UTF-8 is refused, never guessed at. A byte order mark is passed over. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON (RFC 8259) that a body holds, which is UTF-8; undefined where it holds none, or is no bytes. */
export const readJson = (body: unknown): unknown => {
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
};

/** As {@link readJson}; undefined also where it is no object. */
export const readJsonObject = (body: unknown): Record<string, unknown> | undefined => {
  const parsed = readJson(body);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? (parsed as Record<string, unknown>)
    : undefined;
};
