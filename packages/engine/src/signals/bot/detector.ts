import type { Evidence } from '@whorl/contract';
import type { Facts } from '../../facts.ts';

/** What one detector found: automation of some type, or plain absence of it, or that it could not look. */
export type BotFinding = {
  detector: string;
  outcome: 'automation' | 'nothing' | 'not-looked';
  /** BotD's kind or our own: `headless_chrome`, `selenium`, `webdriver`, `puppeteer` … */
  type?: string;
  evidence: Evidence[];
};

/** Looks at one kind of fact. Pure. Guards the fact's presence first and answers `not-looked` without it. */
export type BotDetector = (facts: Facts) => BotFinding;
