import type { Json } from './json.ts';

/** Answer to the start request: a one-time nonce, signed with the server's time. */
export type StartAnswer = { nonce: string };

/** When a visitor was first or last seen, ISO 8601, or null when never before. */
export type AnswerSeenAt = { global: string | null; subscription: string | null };

/** What the page learns beyond the id when it asks for the extended answer. */
export type ExtendedAnswer = {
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

/** Answer to an observation: sent only after the event is durable. */
export type IngestAnswer = {
  version: 1;
  requestId: string;
  visitorId: string;
  visitorFound: boolean;
  /** 0..1. */
  confidence: number;
  suspectScore: number;
  /** To be kept in the browser; absent when the link was too uncertain to be remembered. */
  token?: string;
  /** The nonce of the next observation from this page. */
  nextNonce: string;
  /** Proof for one supplement. */
  proof: string;
  extended?: ExtendedAnswer;
};

/** Answer to a supplement: which signals it changed. */
export type SupplementAnswer = { requestId: string; updated: string[] };

/** Codes of the agent's endpoints. */
export type AgentErrorCode =
  | 'RequestCannotBeParsed'
  | 'UnsupportedVersion'
  | 'PublicKeyRequired'
  | 'PublicKeyNotFound'
  | 'OriginNotAllowed'
  | 'PayloadTooLarge'
  | 'TagTooLarge'
  | 'RequestNotFound'
  | 'AlreadySupplemented'
  | 'TooManyRequests'
  | 'Failed';

/** Every error of every endpoint that is not bound by a foreign contract. */
export type ErrorAnswer = { error: { code: string; message: string; detail?: Json } };
