import type { Identity } from '@whorl/contract';
import { h } from '../dom.ts';
import { isWeighed, weighReasons } from '../weigh-reasons.ts';
import { balanceView } from './balance-view.ts';

/** What speaks for the visitor, or the nearest one, and against: null where nobody was weighed. */
export const reasonsView = (identity: Identity): HTMLElement | null => {
  const { explanation } = identity;
  if (!isWeighed(explanation)) return null;
  const whom = explanation.method === 'new' ? 'the nearest visitor known' : 'this visitor';
  return h(
    'div',
    { class: 'panel' },
    h('h3', {}, `What speaks for ${whom}, and against`),
    h(
      'p',
      { class: 'quiet' },
      'Each bit for it doubles how likely it is beside a new visitor, each against halves that; what is rare here weighs most. ',
      'The confidence is how often decisions with such bits have turned out right.',
    ),
    balanceView(weighReasons(identity)),
  );
};
