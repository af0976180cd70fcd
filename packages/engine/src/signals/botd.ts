import { anyOf, evidence, share } from '../evidence.ts';
import { collected } from '../facts.ts';
import type { BotIdentity } from '../network/identify-bot.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/** Detectors share blind spots: however many agree, they are never surer than this. */
const SUREST_BAD = 0.99;

/** Finding nothing does not prove a person: patchright and the like leave nothing to find. */
const SUREST_CLEAR = 0.8;

/** How sure the verdict is that follows from who the bot is. */
const certainty = { high: 0.98, medium: 0.85, low: 0.6 } as const;

/** `Googlebot-Image` as a type, beside BotD's `headless_chrome`. */
const typeOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '_');

/**
 * What the bot's own word is worth. One that proves who it is is good, whatever drives it. One that is caught in a lie is
 * bad; a list that is too old to be trusted catches nobody. The rest is not decided by a name.
 */
const byIdentity = ({ info }: BotIdentity): 'good' | 'bad' | undefined => {
  if (info.identity === 'verified' || info.identity === 'signed') return 'good';
  return info.identity === 'spoofed' && info.confidence !== 'low' ? 'bad' : undefined;
};

/**
 * Whether a program drives the browser. `good` for a bot that proves who it is, by its operator's published addresses or
 * by a signature; `bad` with a type on any detector's automation evidence, or for a bot that is not who it says;
 * unknown when the page's own evidence is missing. A name alone decides nothing and is only passed on. Confidence of
 * `detected` is the chance that one piece of evidence at least is right; of `clear`, the share of detectors that could
 * look.
 */
export const judgeBotd: SignalJudge<'botd'> = (facts) => {
  const { bot } = facts;
  const verdict = bot === undefined ? undefined : byIdentity(bot);
  const info = bot === undefined ? {} : { info: bot.info };
  const positive = facts.automation.filter(({ outcome }) => outcome === 'automation');
  const shown = [...(bot?.evidence ?? []), ...facts.automation.flatMap((finding) => finding.evidence)];
  const [first] = positive;
  if (verdict === 'good' && bot !== undefined) {
    const { name, confidence } = bot.info;
    return detected({ result: 'good', type: typeOf(name), ...info }, certainty[confidence], shown);
  }
  if (first !== undefined || verdict === 'bad') {
    const type = first === undefined ? 'spoofed_bot' : (first.type ?? 'unknown');
    return detected({ result: 'bad', type, ...info }, share(Math.min(SUREST_BAD, anyOf(shown))), shown);
  }
  if (!collected(facts, 'botd') && !collected(facts, 'automation')) {
    return unknown({ result: 'notDetected', ...info }, [
      ...shown,
      evidence('page was not searched for automation', 'botd and automation sources are missing', 0, 'page'),
    ]);
  }
  const looked = facts.automation.filter(({ outcome }) => outcome !== 'not-looked');
  const names = looked.map(({ detector }) => detector);
  return clear({ result: 'notDetected', ...info }, share((SUREST_CLEAR * looked.length) / facts.automation.length), [
    ...shown,
    evidence('detectors that looked and found no automation', names, -0.5, 'page'),
  ]);
};
