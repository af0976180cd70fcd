import type { TokenPlace } from './token-place.ts';

/** An item of localStorage. Merely naming localStorage throws where a browser forbids it. */
export const localStoragePlace = (key: string): TokenPlace => ({
  read: async () => localStorage.getItem(key) ?? undefined,
  write: async (token) => localStorage.setItem(key, token),
});
