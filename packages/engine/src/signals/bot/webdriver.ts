import { evidence } from '../../evidence.ts';
import { sourceValue } from '../../facts.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'webdriver';

/** `navigator.webdriver` in the page or a fresh iframe: true exactly while a driver controls the browser (W3C WebDriver, 4). */
export const webdriver: BotDetector = (facts) => {
  const page = sourceValue(facts, 'automation')?.webdriver;
  const iframe = sourceValue(facts, 'iframe')?.webdriver;
  if (page === undefined && iframe === undefined) return notLooked(NAME);
  if (page !== true && iframe !== true) return nothing(NAME);
  return automation(NAME, 'webdriver', [
    evidence('browser says that a driver controls it', true, 0.97, page === true ? 'page' : 'iframe'),
  ]);
};
