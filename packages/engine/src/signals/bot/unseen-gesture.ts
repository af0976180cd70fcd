import { evidence } from '../../evidence.ts';
import { sourceValue } from '../../facts.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'unseenGesture';

/**
 * A page that was activated as if by a user's gesture while no input reached it: a script ran through the DevTools
 * protocol. Puppeteer, Playwright and what is made of them, patchright among them, run every script of theirs so.
 */
export const unseenGesture: BotDetector = (facts) => {
  const gesture = sourceValue(facts, 'developerTools')?.gestureWithoutInput;
  if (gesture === undefined) return notLooked(NAME);
  if (!gesture) return nothing(NAME);
  return automation(NAME, 'devtools_protocol', [
    evidence('page was activated as if by a user, and no input was seen', true, 0.9, 'page'),
  ]);
};
