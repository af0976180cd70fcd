import type { ExtendedAnswer, IngestAnswer, SealedAnswer } from '@whorl/contract';

export type GetResult = {
  requestId: string;
  /** Empty where the result is sealed. */
  visitorId: string;
  visitorFound: boolean;
  /** 0..1: the chance that the id is right. */
  confidence: { score: number };
  /** Base64, for the site's own server to open: only where the environment has a sealing key. */
  sealedResult?: string;
  /** Names the fields that hold empty values because the result is sealed. */
  zeroTrust?: { hiddenFields: string[] };
};
export type ExtendedGetResult = GetResult & ExtendedAnswer;

/** What stands in a sealed result's open fields: callers may read them, and learn nothing. */
const EMPTY = { visitorId: '', visitorFound: false, confidence: { score: 0 } };

const EMPTY_EXTENDED: ExtendedAnswer = {
  incognito: false,
  browserName: '',
  browserVersion: '',
  device: '',
  ip: '',
  os: '',
  osVersion: '',
  firstSeenAt: { global: null, subscription: null },
  lastSeenAt: { global: null, subscription: null },
};

const sealedResultOf = ({ requestId, sealedResult }: SealedAnswer, extended: boolean): GetResult => {
  const hidden = extended ? { ...EMPTY, ...EMPTY_EXTENDED } : EMPTY;
  return { requestId, ...hidden, sealedResult, zeroTrust: { hiddenFields: Object.keys(hidden) } };
};

/** The v3 form of an answer. `extended`: whether the caller asked for the extended one. */
export const v3Result = (answer: IngestAnswer, extended: boolean): GetResult | ExtendedGetResult => {
  if ('sealedResult' in answer) return sealedResultOf(answer, extended);
  const { requestId, visitorId, visitorFound, confidence } = answer;
  return { requestId, visitorId, visitorFound, confidence: { score: confidence }, ...answer.extended };
};
