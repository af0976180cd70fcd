import type { Evidence } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import type { DeviceRarity } from './device-rarity.ts';

const FACT = 'values that are common each, and nobody else has together';

/** One such pair is worth less than the lightest contradiction: the first visitor with new hardware shows one, too. */
const WEIGHT = 0.15;

/** The name of a hello in evidence, and what it was counted beside. */
const HELLO = 'ja4';
const HELLO_BESIDE = ['os', 'browser', 'version'];

const round = (number: number): number => Math.round(number * 10) / 10;

/**
 * The strange pairs of a device as evidence of tampering: who makes up a browser draws its values apart from each other. The
 * idea is that of "FP-Inconsistent" (arXiv 2406.07647), which learns such pairs from a site's own traffic.
 */
export const strangePairs = ({ strangers, strangeHello }: DeviceRarity): Evidence[] => {
  const hello = strangeHello === undefined ? [] : [{ attribute: HELLO, beside: HELLO_BESIDE, ...strangeHello }];
  // The hello first: what makes up a browser's values seldom makes up its hello, and only so many pairs count.
  return [...hello, ...strangers].map(({ attribute, beside, expected }) =>
    evidence(FACT, { attribute, beside: [...beside], expected: round(expected) }, WEIGHT, 'store'),
  );
};

/** Whether a pair is that of a browser and its TLS hello. */
export const isHelloPair = ({ value }: Evidence): boolean =>
  typeof value === 'object' && value !== null && 'attribute' in value && value.attribute === HELLO;

/** Whether a piece of evidence is one that {@link strangePairs} gave. */
export const isPairEvidence = ({ fact }: Evidence): boolean => fact === FACT;
