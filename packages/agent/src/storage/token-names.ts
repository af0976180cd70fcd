import { murmurX64Hash128 } from '@fingerprintjs/fingerprintjs';

/** Where one environment's token is kept. */
export type TokenNames = {
  /** Of the cookie, of the localStorage item, and of the record in IndexedDB. */
  key: string;
  /** Of the IndexedDB database. */
  database: string;
};

const DEFAULT_STEM = 'whorl';
const HASH_LENGTH = 8;

/**
 * Names for the environment that the public key belongs to: `whorl_token_<8 hex digits>`, in a database `whorl`. The
 * digits are a hash of the key, so that two environments on one site do not overwrite each other's token. `stem` stands
 * for `whorl` where a site needs another name.
 */
export const tokenNames = (publicKey: string, stem: string = DEFAULT_STEM): TokenNames => ({
  key: `${stem}_token_${murmurX64Hash128(publicKey).slice(0, HASH_LENGTH)}`,
  database: stem,
});
