import type { Evidence, IdentityExplanation } from '@whorl/contract';
import type { BlockingKeyName } from './blocking-keys.ts';
import type { Features } from './features.ts';
import type { Portrait } from './portrait.ts';
import type { Profile } from './profile.ts';

/** Where a token was found, most trusted first. */
export type TokenPlace = 'httpCookie' | 'cookie' | 'localStorage' | 'indexedDB';

/** A known visitor that a token names. `profile`: null where no visit of it has been trusted yet. */
export type Claim = { visitorId: string; place: TokenPlace; features: Features; profile: Profile | null };

/** A known visitor that blocking keys led to. */
export type Candidate = { visitorId: string; profile: Profile; foundBy: BlockingKeyName[] };

/** A visit of which it is to be decided whose it is. */
export type Visit = { portrait: Portrait; features: Features };

/** What identification decides. The caller makes a new id, so that the decision stays free of chance. */
export type Decision = {
  /** The known visitor's id; null: a visitor not seen before. */
  match: string | null;
  /** 0..1: the chance that this is right. */
  confidence: number;
  explanation: IdentityExplanation;
  /** Whether the link is sure enough to overwrite the visitor's stored profile and to issue a token. */
  trusted: boolean;
  /** How likely it is that nobody known was here, 0..1: so much a new visitor counts. */
  newcomer: number;
  /** The calibration group of the comparison; null where nothing was compared. */
  group: string | null;
  /** Why a token was not believed: evidence of tampering. */
  tokenContradictions: Evidence[];
};
