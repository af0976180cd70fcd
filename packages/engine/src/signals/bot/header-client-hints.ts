import { anyOf } from '../../evidence.ts';
import { clientHintContradictions } from '../../network/client-hint-headers.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'headerClientHints';

/** One slip may be an extension's or an odd build's: only what forgers alone do is enough, or two slips. */
const ENOUGH = 0.5;

/** `Sec-CH-UA` headers that name another version or system than the page: the browser fills both from one place. */
export const headerClientHints: BotDetector = (facts) => {
  const contradictions = clientHintContradictions(facts);
  if (contradictions === null) return notLooked(NAME);
  const found = contradictions.map(({ evidence }) => evidence);
  return anyOf(found) >= ENOUGH ? automation(NAME, 'forged_user_agent', found) : nothing(NAME, found);
};
