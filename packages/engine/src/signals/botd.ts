import { anyOf, evidence, share } from '../evidence.ts';
import { collected } from '../facts.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/** Detectors share blind spots: however many agree, they are never surer than this. */
const SUREST_BAD = 0.99;

/** Finding nothing does not prove a person: patchright and the like leave nothing to find. */
const SUREST_CLEAR = 0.8;

/**
 * Whether a program drives the browser. `bad` with a type on any detector's automation evidence; `good` is never given
 * here, because a crawler's name proves nothing without its address; unknown when the page's own evidence is missing.
 * Confidence of `detected` is the chance that one piece of evidence at least is right; of `clear`, the share of
 * detectors that could look.
 */
export const judgeBotd: SignalJudge<'botd'> = (facts) => {
  const positive = facts.automation.filter(({ outcome }) => outcome === 'automation');
  const shown = facts.automation.flatMap((finding) => finding.evidence);
  const [first] = positive;
  if (first !== undefined) {
    return detected({ result: 'bad', type: first.type ?? 'unknown' }, share(Math.min(SUREST_BAD, anyOf(shown))), shown);
  }
  if (!collected(facts, 'botd') && !collected(facts, 'automation')) {
    return unknown({ result: 'notDetected' }, [
      ...shown,
      evidence('page was not searched for automation', 'botd and automation sources are missing', 0, 'page'),
    ]);
  }
  const looked = facts.automation.filter(({ outcome }) => outcome !== 'not-looked');
  const names = looked.map(({ detector }) => detector);
  return clear({ result: 'notDetected' }, share((SUREST_CLEAR * looked.length) / facts.automation.length), [
    ...shown,
    evidence('detectors that looked and found no automation', names, -0.5, 'page'),
  ]);
};
