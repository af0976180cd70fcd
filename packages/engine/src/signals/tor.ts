import { askList } from '../network/address-lists.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/** Whether the address is an exit of the Tor network. Unknown without a list of at most a day's age. */
export const judgeTor: SignalJudge<'tor'> = (facts) => {
  const answer = askList(facts, 'tor', 'Tor exit', 0.98);
  if (answer.outcome === 'listed') return detected({}, 0.98, [answer.evidence]);
  return answer.outcome === 'not-listed' ? clear({}, 0.95, [answer.evidence]) : unknown({}, [answer.evidence]);
};
