import { anyOf, evidence, share } from '../evidence.ts';
import { sourceValue } from '../facts.ts';
import { braveFacts, resistanceFacts, resistsFingerprinting } from '../network/protections.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/** Brave says its name; one more fact must agree. */
const BRAVE_FACTS = 2;

/**
 * Whether the browser is set to hide from fingerprinting: Firefox's resistFingerprinting, Tor Browser, or Brave with its
 * shields. Two facts must agree, one of them unmistakable; a private window of plain Firefox or Safari shows fewer.
 */
export const judgePrivacySettings: SignalJudge<'privacySettings'> = (facts) => {
  const resistance = resistanceFacts(facts);
  const brave = braveFacts(facts);
  const seen = [...resistance, ...brave];
  if (resistsFingerprinting(resistance) || brave.length >= BRAVE_FACTS) {
    return detected({}, share(anyOf(seen)), seen);
  }
  if (sourceValue(facts, 'privacy') === undefined) {
    return unknown({}, [...seen, evidence('privacy source is missing', null, 0, 'page')]);
  }
  const quiet = evidence('facts of a protecting browser, of which two must agree', seen.length, -0.5, 'page');
  return clear({}, share(0.9 - anyOf(seen) / 2), [...seen, quiet]);
};
