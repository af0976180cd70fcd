import { askList } from '../network/address-lists.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/** Whether the address is known for attacks or spam. One loaded list is enough to detect; clear needs both. */
export const judgeIpBlocklist: SignalJudge<'ipBlocklist'> = (facts) => {
  const attack = askList(facts, 'attackSource', 'attack source', 0.85);
  const spam = askList(facts, 'emailSpam', 'e-mail spam', 0.85);
  const data = { emailSpam: spam.outcome === 'listed', attackSource: attack.outcome === 'listed' };
  const found = [attack.evidence, spam.evidence];
  if (data.emailSpam || data.attackSource) return detected(data, 0.85, found);
  const silent = attack.outcome === 'no-answer' || spam.outcome === 'no-answer';
  return silent ? unknown(data, found) : clear(data, 0.9, found);
};
