/**
 * Where the token is kept by which a device is known again, a text of at most 512 characters. A store of the app alone is
 * best: nobody else should be able to read it. Both may reject; the visit goes on without.
 */
export type TokenStore = {
  /** The token that was written last; null or undefined where there is none. */
  read(): Promise<string | null | undefined>;
  write(token: string): Promise<void>;
};

/** Keeps the token while the app runs: for tests, and for apps that must leave nothing on the device. */
export const memoryTokenStore = (): TokenStore => {
  let kept: string | undefined;
  return {
    read: async () => kept,
    write: async (token) => {
      kept = token;
    },
  };
};
