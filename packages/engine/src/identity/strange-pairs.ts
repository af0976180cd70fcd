import type { Evidence } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import type { DeviceRarity } from './device-rarity.ts';

const FACT = 'values that are common each, and nobody else has together';
const HELLO_FACT = 'TLS hello that is common, and hardly anybody else has in this browser';

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
  const said = (fact: string, pairs: readonly { attribute: string; beside: readonly string[]; expected: number }[]) =>
    pairs.map(({ attribute, beside, expected }) =>
      evidence(fact, { attribute, beside: [...beside], expected: round(expected) }, WEIGHT, 'store'),
    );
  // The hello first: what makes up a browser's values seldom makes up its hello, and only so many pairs count.
  return [...said(HELLO_FACT, hello), ...said(FACT, strangers)];
};

/** Whether a pair is that of a browser and its TLS hello. */
export const isHelloPair = ({ fact }: Evidence): boolean => fact === HELLO_FACT;

/** Whether a piece of evidence is one that {@link strangePairs} gave. */
export const isPairEvidence = ({ fact }: Evidence): boolean => fact === FACT || fact === HELLO_FACT;
