import type { Event } from '@whorl/contract';
import { h, withShare } from '../dom.ts';
import { formatShare, formatValue, formatWeight, toWords } from '../format.ts';
import { orderEvidence } from '../group-signals.ts';

/** What the number means here, in one or two sentences. */
export const explainScore = ({ state, confidence, data }: Event['suspectScore']): string => {
  if (state === 'unknown') return 'Nothing that counts could be judged, so this number says nothing.';
  const sum =
    data.result === 0
      ? 'No signal speaks against this visit.'
      : 'The sum of the weights of what was detected: higher is more suspect, without an upper end.';
  return confidence === 1 ? sum : `${sum} Of all weights, ${formatShare(confidence)} could be judged.`;
};

const titled = (name: string): string => {
  const words = toWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const listed = (value: unknown): string =>
  Array.isArray(value) ? value.map((part) => toWords(formatValue(part))).join(', ') : formatValue(value);

/** The suspect score with what each contribution adds, and what could not be counted. */
export const scoreView = ({ suspectScore }: Event): HTMLElement => {
  const evidence = orderEvidence(suspectScore.evidence);
  const heaviest = Math.max(...evidence.map(({ weight }) => Math.abs(weight)));
  const parts = evidence
    .filter(({ weight }) => weight !== 0)
    .map(({ fact, weight }) =>
      h(
        'li',
        {},
        titled(fact),
        h('b', {}, formatWeight(weight)),
        withShare(h('span', { class: 'bar', 'aria-hidden': 'true' }), Math.abs(weight) / heaviest),
      ),
    );
  const context = evidence.filter(({ weight }) => weight === 0);
  return h(
    'div',
    { class: 'panel' },
    h(
      'p',
      { class: 'score-total' },
      h('span', { class: 'figure' }, suspectScore.data.result),
      h('span', { class: 'quiet' }, explainScore(suspectScore)),
    ),
    parts.length > 0 && h('ul', { class: 'contributions' }, parts),
    context.map(({ fact, value }) => h('p', { class: 'quiet aside' }, `${titled(fact)}: ${listed(value)}.`)),
  );
};
