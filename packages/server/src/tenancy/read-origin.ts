/** The origin that a text names, or what is wrong with the text, to be read after its name. */
export type ReadOrigin = { ok: true; origin: string } | { ok: false; problem: string };

const refuse = (problem: string): ReadOrigin => ({ ok: false, problem });

/**
 * The origin that a text names, as browsers send it (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin). An
 * address with a path, query or credentials is no origin: cut short it would allow more than it says. Nor is one with a
 * wildcard, which would never match.
 */
export const readOrigin = (text: string): ReadOrigin => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return refuse('must be an origin: http:// or https://, a host, and a port where it is not the usual one');
  }
  if (url.hostname.includes('*')) return refuse('must name one host; there are no wildcards');
  if (url.origin === text.replace(/\/$/, '')) return { ok: true, origin: url.origin };
  const isMore = url.username !== '' || url.password !== '' || url.pathname !== '/' || /[?#]/.test(text);
  return refuse(
    isMore
      ? `must be an origin, without user, path, query or fragment: ${url.origin}`
      : `must be written as browsers send it, in lower case, other letters in punycode, without the usual port: ${url.origin}`,
  );
};
