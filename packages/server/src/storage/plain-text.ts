/**
 * A text that every database holds and gives back faithfully: zero bytes, which PostgreSQL refuses and SQLite's drivers cut
 * off at, and halves of surrogate pairs, which UTF-8 cannot carry, are escaped as in JSON, and with them control characters,
 * quotes and backslashes. Different texts stay different; ordinary ones stay as they are.
 */
export const plainText = (text: string): string => JSON.stringify(text).slice(1, -1);
