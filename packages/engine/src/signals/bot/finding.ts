import type { Evidence } from '@whorl/contract';
import type { BotFinding } from './detector.ts';

/** Automation of a type, with what shows it. */
export const automation = (detector: string, type: string, evidence: Evidence[]): BotFinding => ({
  detector,
  outcome: 'automation',
  type,
  evidence,
});

/** The detector looked, and what it saw is not enough for automation; weak evidence stays visible. */
export const nothing = (detector: string, evidence: Evidence[] = []): BotFinding => ({
  detector,
  outcome: 'nothing',
  evidence,
});

/** What the detector needs was not collected. */
export const notLooked = (detector: string): BotFinding => ({ detector, outcome: 'not-looked', evidence: [] });
