import type { TokenPlace } from './token-place.ts';

/** Seconds: 400 days, the longest that browsers keep a cookie for. https://www.rfc-editor.org/rfc/rfc6265bis */
const MAX_AGE = 34_560_000;

const cookieValue = (name: string): string | undefined => {
  const start = `${name}=`;
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(start));
  return found === undefined || found === start ? undefined : decodeURIComponent(found.slice(start.length));
};

const setCookie = (name: string, value: string, maxAge: number, domain: string | undefined): void => {
  const attributes = [
    `${name}=${encodeURIComponent(value)}`,
    'path=/',
    `max-age=${maxAge}`,
    'samesite=lax',
    ...(location.protocol === 'https:' ? ['secure'] : []),
    ...(domain === undefined ? [] : [`domain=${domain}`]),
  ];
  // The Cookie Store API is missing on plain HTTP and in Safari until 18.4.
  Object.assign(document, { cookie: attributes.join('; ') });
};

/**
 * The widest domain that the browser lets this page set a cookie for, so that `www.` and `app.` know the same visitor;
 * undefined for the host alone. Asked by trying, from the top: browsers know which suffixes are public.
 */
const widestDomain = (name: string): string | undefined => {
  const labels = location.hostname.split('.');
  const isAddress = /^[\d.]+$|:/.test(location.hostname);
  if (isAddress) return undefined;
  const probe = `${name}_d`;
  for (let count = 2; count <= labels.length; count++) {
    const domain = labels.slice(-count).join('.');
    setCookie(probe, '1', 10, domain);
    if (cookieValue(probe) === undefined) continue;
    setCookie(probe, '', 0, domain);
    return domain;
  }
  return undefined;
};

/** A first-party cookie that scripts can read, kept for 400 days. The server's own cookie is another one. */
export const cookiePlace = (name: string): TokenPlace => ({
  read: async () => cookieValue(name),
  write: async (token) => setCookie(name, token, MAX_AGE, widestDomain(name)),
});
