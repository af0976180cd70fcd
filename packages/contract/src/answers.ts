import type { Json } from './json.ts';

/** Answer to the start request: a one-time nonce, signed with the server's time. */
export type StartAnswer = { nonce: string };

/** When a visitor was first or last seen, ISO 8601, or null when never before. */
export type AnswerSeenAt = { global: string | null; subscription: string | null };

/** What the page learns beyond the id when it asks for the extended answer. */
export type ExtendedAnswer = {
  /** False also where the workspace has it switched off: the loader's type wants a word on it. */
  incognito: boolean;
  browserName: string;
  browserVersion: string;
  device: string;
  ip: string;
  os: string;
  osVersion: string;
  firstSeenAt: AnswerSeenAt;
  lastSeenAt: AnswerSeenAt;
};

/** What every answer to an observation carries. It tells nothing of the visitor. */
type AnswerBase = {
  version: 1;
  requestId: string;
  /** To be kept in the browser; absent when the link was too uncertain to be remembered. */
  token?: string;
  /** The nonce of the next observation from this page. */
  nextNonce: string;
  /** Proof for one supplement. */
  proof: string;
};

/** The answer of an environment without a sealing key. */
export type OpenAnswer = AnswerBase & {
  visitorId: string;
  visitorFound: boolean;
  /** 0..1. */
  confidence: number;
  /** Left out where the workspace has it switched off. */
  suspectScore?: number;
  extended?: ExtendedAnswer;
};

/** The answer of an environment with a sealing key: the page carries the event to its own server and can read nothing of it. */
export type SealedAnswer = AnswerBase & {
  /** Base64; see docs/sealed-results.md. */
  sealedResult: string;
};

/** Answer to an observation: sent only after the event is durable. */
export type IngestAnswer = OpenAnswer | SealedAnswer;

/** Answer to a supplement: which signals it changed. Those that are switched off are not among them, and where results are sealed the list is empty. */
export type SupplementAnswer = { requestId: string; updated: string[] };

/** Codes of the agent's endpoints. */
export type AgentErrorCode =
  | 'RequestCannotBeParsed'
  | 'UnsupportedVersion'
  | 'PublicKeyRequired'
  | 'PublicKeyNotFound'
  | 'OriginNotAllowed'
  | 'WrongRegion'
  | 'WorkspaceNotActive'
  | 'PayloadTooLarge'
  | 'TagTooLarge'
  | 'RequestNotFound'
  | 'AlreadySupplemented'
  | 'TooManyRequests'
  | 'Failed'
  | 'ServiceUnavailable';

/** Every error of every endpoint that is not bound by a foreign contract. */
export type ErrorAnswer = { error: { code: string; message: string; detail?: Json } };
