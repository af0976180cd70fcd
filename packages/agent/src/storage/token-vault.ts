import type { WireObservation } from '@whorl/contract';
import { pause } from '../clock.ts';
import { cookiePlace } from './cookie-place.ts';
import { indexedDbPlace } from './indexed-db-place.ts';
import { localStoragePlace } from './local-storage-place.ts';
import type { TokenNames } from './token-names.ts';
import type { TokenPlace } from './token-place.ts';

export type Tokens = NonNullable<WireObservation['tokens']>;

/** Keeps one token in several places, so that whoever clears one of them is still known by the others. */
export type TokenVault = {
  /** What each place holds. A place that is forbidden, empty or slow is missing. Never rejects. */
  read(): Promise<Tokens>;
  /** Writes to every place that lets itself be written, which restores those that were cleared. Never rejects. */
  write(token: string): Promise<void>;
};

/** Milliseconds that a place may take; IndexedDB can hang while another tab upgrades or the disk is busy. */
const PATIENCE = 800;
const MAX_LENGTH = 512;

export const tokenVault = (names: TokenNames): TokenVault => {
  const places: [keyof Tokens, TokenPlace][] = [
    ['cookie', cookiePlace(names.key)],
    ['localStorage', localStoragePlace(names.key)],
    ['indexedDB', indexedDbPlace(names)],
  ];
  const guarded = <T>(action: () => Promise<T>): Promise<T | undefined> =>
    Promise.race([action(), pause(PATIENCE).then(() => undefined)]).catch(() => undefined);

  return {
    read: async () => {
      const tokens: Tokens = {};
      await Promise.all(
        places.map(async ([name, place]) => {
          const token = await guarded(place.read);
          if (token !== undefined && token !== '' && token.length <= MAX_LENGTH) tokens[name] = token;
        }),
      );
      return tokens;
    },
    write: async (token) => {
      await Promise.all(places.map(([, place]) => guarded(() => place.write(token))));
    },
  };
};
