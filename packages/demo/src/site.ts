import { type Failure, failureOf } from './failure.ts';

/** Where the server is and which public key this page visits with. */
export type Site = {
  /** The server's address with a slash at its end; holds the path prefix when a proxy adds one. */
  base: string;
  publicKey: string;
};

/**
 * Reads the site from the page: the key from its `<meta name="whorl-public-key">`, the address from that of this script,
 * which the server serves as `{base}demo/demo.js`.
 */
export const readSite = (page: Pick<Document, 'querySelector'>, scriptUrl: string): Site | Failure => {
  const publicKey = page.querySelector<HTMLMetaElement>('meta[name="whorl-public-key"]')?.content ?? '';
  // The key's alphabet excludes nothing but text that cannot be a key, such as the mark that the server replaces.
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(publicKey)) {
    return failureOf('page', 'NoPublicKey', 'The page holds no public key.');
  }
  return { base: new URL('..', scriptUrl).href, publicKey };
};
