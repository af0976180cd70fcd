import type { Evidence } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import type { DeviceRarity } from './device-rarity.ts';

const FACT = 'values that are common each, and nobody else has together';

/** One such pair is worth less than the lightest contradiction: the first visitor with new hardware shows one, too. */
const WEIGHT = 0.15;

const round = (number: number): number => Math.round(number * 10) / 10;

/**
 * The strange pairs of a device as evidence of tampering: who makes up a browser draws its values apart from each other. The
 * idea is that of "FP-Inconsistent" (arXiv 2406.07647), which learns such pairs from a site's own traffic.
 */
export const strangePairs = ({ strangers }: DeviceRarity): Evidence[] =>
  strangers.map(({ attribute, beside, expected }) =>
    evidence(FACT, { attribute, beside: [...beside], expected: round(expected) }, WEIGHT, 'store'),
  );

/** Whether a piece of evidence is one that {@link strangePairs} gave. */
export const isPairEvidence = ({ fact }: Evidence): boolean => fact === FACT;
