import { clientHintContradictions } from '../../network/request-headers.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'headerClientHints';

/** `Sec-CH-UA` headers that name another version or system than the page: the browser fills both from one place. */
export const headerClientHints: BotDetector = (facts) => {
  const contradictions = clientHintContradictions(facts);
  if (contradictions === null) return notLooked(NAME);
  const found = contradictions.map(({ evidence }) => evidence);
  return found.length > 0 ? automation(NAME, 'forged_user_agent', found) : nothing(NAME);
};
