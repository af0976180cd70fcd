import type { Evidence, IdentityExplanation, SeenAt } from '@whorl/contract';

/** Stable attributes of one observation, normalised to short strings. A missing name was not collected or is noised. */
export type Features = { [name: string]: string };

/** A blocking key: visitors that share one are compared. `material` is the text that the caller hashes. */
export type BlockingKey = { name: string; material: string };

/** Where a token was found, most trusted first. */
export type TokenPlace = 'httpCookie' | 'cookie' | 'localStorage' | 'indexedDB';

/** A known visitor that this observation may belong to, and what led to it. */
export type Candidate = {
  visitorId: string;
  via: { kind: 'token'; place: TokenPlace } | { kind: 'key'; name: string };
  features: Features;
  firstSeen: SeenAt;
  lastSeen: SeenAt;
};

/** What identification decides. The caller makes a new id, so that the decision stays free of chance. */
export type Decision = {
  /** Null: a visitor not seen before. */
  match: Candidate | null;
  /** 0..1: the chance that this is right. */
  confidence: number;
  explanation: IdentityExplanation;
  /** Whether the link is sure enough to overwrite the visitor's stored features and to issue a token. */
  trusted: boolean;
  /** Why a token was not believed: evidence of tampering. */
  tokenContradictions: Evidence[];
};
