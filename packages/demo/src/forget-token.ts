import type { Site } from './site.ts';

/** The agent's names begin with this in every place it keeps its token in. */
const COOKIE_PREFIX = 'whorl_token';
const STORAGE_PREFIX = 'whorl';

const DELETE_TIMEOUT_MS = 1500;

/**
 * Domains that a cookie of `hostname` may have been set for: the host alone (empty), and the host with each of its
 * parents.
 */
export const cookieDomains = (hostname: string): string[] => {
  const labels = hostname.split('.');
  return ['', ...labels.map((_, index) => labels.slice(index).join('.'))];
};

const forgetCookies = (): boolean => {
  const names = document.cookie.split('; ').map((pair) => pair.split('=', 1)[0] ?? '');
  for (const name of names.filter((name) => name.startsWith(COOKIE_PREFIX))) {
    for (const domain of cookieDomains(location.hostname)) {
      const scope = domain === '' ? '' : `; domain=${domain}`;
      // The Cookie Store API is missing on plain HTTP, where a server is first tried out.
      Object.assign(document, { cookie: `${name}=; path=/; max-age=0${scope}` });
    }
  }
  return !document.cookie.includes(COOKIE_PREFIX);
};

const forgetLocalStorage = (): boolean => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(STORAGE_PREFIX)) localStorage.removeItem(key);
  return true;
};

const deleteDatabase = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve(true);
    request.onerror = () => resolve(false);
    // Another tab may hold the database open, and then nothing is ever told.
    setTimeout(() => resolve(false), DELETE_TIMEOUT_MS);
  });

const forgetDatabases = async (): Promise<boolean> => {
  const listed = await indexedDB.databases?.().catch(() => undefined);
  const names = listed?.flatMap(({ name }) => (name?.startsWith(STORAGE_PREFIX) ? [name] : [])) ?? [STORAGE_PREFIX];
  return (await Promise.all(names.map(deleteDatabase))).every(Boolean);
};

const forgetServerCookie = async (site: Site): Promise<boolean> => {
  const response = await fetch(`${site.base}demo/forget`, { method: 'POST' });
  return response.ok;
};

/**
 * Clears every place that the token is kept in: the cookie, localStorage, IndexedDB, and, through the server, the cookie
 * that scripts cannot read. Gives the places that could not be cleared, in words; none when all went well. A browser
 * that forbids a kind of storage throws, and is such a place too.
 */
export const forgetToken = async (site: Site): Promise<string[]> => {
  const places: [string, () => boolean | Promise<boolean>][] = [
    ['the cookie', forgetCookies],
    ['localStorage', forgetLocalStorage],
    ['IndexedDB', forgetDatabases],
    ['the server’s own cookie', () => forgetServerCookie(site)],
  ];
  const outcomes = await Promise.all(
    places.map(async ([place, forget]) => {
      try {
        return (await forget()) ? [] : [place];
      } catch {
        return [place];
      }
    }),
  );
  return outcomes.flat();
};
