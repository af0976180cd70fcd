/** One place that keeps a token. Browsers that forbid the place throw or reject; {@link tokenVault} takes care of that. */
export type TokenPlace = {
  read(): Promise<string | undefined>;
  write(token: string): Promise<void>;
};
