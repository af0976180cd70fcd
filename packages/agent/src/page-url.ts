/** Parts of the page's address that are sent as a hash, because they may hold what the server should not learn. */
export type UrlHashing = { path?: boolean; query?: boolean; fragment?: boolean };

const MAX_LENGTH = 4_096;

const base64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

/** SHA-256 in base64url; nothing where the page is not secure and has no cryptography: rather lost than told. */
const hashed = async (text: string): Promise<string> => {
  if (text === '' || !globalThis.crypto?.subtle) return '';
  return base64Url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
};

/** The page's address, cut to 4,096 characters, with the parts that `hashing` names hashed each on its own. */
export const pageUrl = async (href: string, hashing: UrlHashing = {}): Promise<string> => {
  if (!hashing.path && !hashing.query && !hashing.fragment) return href.slice(0, MAX_LENGTH);
  const url = new URL(href);
  const part = async (mark: string, text: string, isHidden: boolean | undefined): Promise<string> => {
    const shown = isHidden ? await hashed(text) : text;
    return shown === '' ? '' : mark + shown;
  };
  const path = await part('/', url.pathname.slice(1), hashing.path);
  const query = await part('?', url.search.slice(1), hashing.query);
  const fragment = await part('#', url.hash.slice(1), hashing.fragment);
  // Not the origin: that is `null` for apps and files.
  return `${url.protocol}//${url.host}${path || '/'}${query}${fragment}`.slice(0, MAX_LENGTH);
};

/**
 * The address that led to the page, as `document.referrer` has it, without query and fragment: what somebody looked for
 * elsewhere is nobody's business here. Where the page hides its own paths, this one's is hidden as well.
 */
export const pageReferrer = (referrer: string, { path = false }: UrlHashing = {}): Promise<string> => {
  const [address = ''] = referrer.split(/[?#]/, 1);
  return address === '' ? Promise.resolve('') : pageUrl(address, { path });
};
