/**
 * The origin that a text names, as browsers send it; undefined when it names none. An address with a path, query or
 * credentials is no origin: cut short it would allow more than it says. Nor is one with a wildcard, which would never match.
 */
export const readOrigin = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname.includes('*')) return undefined;
  return url.origin === text.replace(/\/$/, '') ? url.origin : undefined;
};
