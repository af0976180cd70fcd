/** Who owns events: visitors are recognised within a workspace. */
export type Workspace = { id: string; name: string; createdAt: number };

/** A part of a workspace, such as production or staging. */
export type Environment = {
  id: string;
  workspaceId: string;
  name: string;
  /** Origins that may send observations, as `https://host[:port]`; empty allows all. */
  allowedOrigins: string[];
  createdAt: number;
};

/** A key as listed; its secret part is known only to whoever was given it. */
export type ApiKey = {
  id: string;
  kind: 'public' | 'secret';
  workspaceId: string;
  /** Set for public keys and for secret keys that are limited to one environment. */
  environmentId: string | null;
  name: string;
  /** First characters, for recognising a key in a list. */
  prefix: string;
  createdAt: number;
  revokedAt: number | null;
};
