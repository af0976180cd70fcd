import type { Evidence } from '@whorl/contract';
import { h, spoken, withShare } from '../dom.ts';
import { formatValue, formatWeight } from '../format.ts';
import { orderEvidence } from '../group-signals.ts';
import { cell, row, table } from './table.ts';

const sideOf = (weight: number): 'for' | 'against' | 'context' =>
  weight > 0 ? 'for' : weight < 0 ? 'against' : 'context';

const spokenSide = { for: ', speaks for it', against: ', speaks against it', context: ', context' } as const;

/** A weight as a signed number above a bar that is as long as its part of `heaviest`. */
const weightCell = (weight: number, heaviest: number): HTMLElement => {
  const side = sideOf(weight);
  const bar = withShare(h('span', { class: 'bar', 'aria-hidden': 'true' }), Math.abs(weight) / heaviest);
  return cell(`weight ${side}`, formatWeight(weight), spoken(spokenSide[side]), side !== 'context' && bar);
};

/**
 * Evidence as a table, heaviest first: the weight, the fact with what was seen, and where that came from. Where nothing
 * has a weight, the weights are left out.
 */
export const evidenceTable = (evidence: readonly Evidence[], caption: string): HTMLElement => {
  if (evidence.length === 0) return h('p', { class: 'quiet' }, 'No evidence was recorded.');
  const heaviest = Math.max(...evidence.map(({ weight }) => Math.abs(weight)));
  const weighed = heaviest > 0;
  return table(
    weighed ? 'evidence weighed' : 'evidence',
    caption,
    [...(weighed ? ['Weight'] : []), 'Fact and value', 'From'],
    orderEvidence(evidence).map(({ fact, value, weight, from }) =>
      row(
        undefined,
        weighed && weightCell(weight, heaviest),
        cell('fact', h('span', {}, fact), value !== null && h('code', {}, formatValue(value))),
        cell('from', from),
      ),
    ),
  );
};
