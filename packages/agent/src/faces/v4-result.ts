import type { IngestAnswer } from '@whorl/contract';
import { type BinaryOutput, binaryOutput } from './binary-output.ts';

export type V4GetResult = {
  event_id: string;
  /** Absent where the result is sealed. */
  visitor_id?: string;
  /** Absent where the result is sealed, or the workspace has the score switched off. */
  suspect_score?: number;
  /** For the site's own server to open; null where the environment has no sealing key. */
  sealed_result: BinaryOutput | null;
  /** Whether this is an earlier event's result from the cache. */
  cache_hit: boolean;
};

/** What is kept in the cache of a result: plain JSON. */
export type KeptV4Result = Omit<V4GetResult, 'sealed_result' | 'cache_hit'> & { sealed: string | null };

/** What of an answer makes its result. */
export const keptV4Result = (answer: IngestAnswer): KeptV4Result =>
  'sealedResult' in answer
    ? { event_id: answer.requestId, sealed: answer.sealedResult }
    : {
        event_id: answer.requestId,
        visitor_id: answer.visitorId,
        ...(answer.suspectScore === undefined ? {} : { suspect_score: answer.suspectScore }),
        sealed: null,
      };

/** The v4 form of a result that was just made, or kept. */
export const v4Result = ({ sealed, ...open }: KeptV4Result, cacheHit: boolean): V4GetResult => ({
  ...open,
  sealed_result: sealed === null ? null : binaryOutput(sealed),
  cache_hit: cacheHit,
});
