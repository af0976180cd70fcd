import type { AgentErrorCode } from '@whorl/contract';

/** A refusal of an observation: an expected outcome, carried as a value from the stage that refuses to the HTTP answer. */
export type IngestError = {
  code: AgentErrorCode;
  message: string;
  /** Whole seconds to wait, where waiting helps. Goes into the header `Retry-After`. */
  retryAfter?: number;
};

/** HTTP status of each code of the agent's endpoints. */
export const agentErrorStatus: Record<AgentErrorCode, number> = {
  RequestCannotBeParsed: 400,
  UnsupportedVersion: 400,
  PublicKeyRequired: 403,
  PublicKeyNotFound: 403,
  OriginNotAllowed: 403,
  WrongRegion: 403,
  WorkspaceNotActive: 403,
  RequestNotFound: 404,
  AlreadySupplemented: 409,
  PayloadTooLarge: 413,
  TagTooLarge: 413,
  TooManyRequests: 429,
  Failed: 500,
  ServiceUnavailable: 503,
};

/** What a stage gives that may refuse. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: IngestError };

export const refuse = (code: AgentErrorCode, message: string): { ok: false; error: IngestError } => ({
  ok: false,
  error: { code, message },
});
