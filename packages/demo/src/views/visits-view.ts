import type { Event } from '@whorl/contract';
import { h } from '../dom.ts';
import { placeText } from '../explain-identity.ts';
import { formatShare, formatTime } from '../format.ts';

/** One visit of this page's log: its event, and whether the token had been cleared just before. */
export type LoggedVisit = { event: Event; forgotten: boolean };

const foundBy = ({ identity: { found, explanation } }: Event): string => {
  if (!found) return 'new';
  return explanation.method === 'token' ? `token in ${placeText(explanation.via)}` : 'no token';
};

/** Visits of this page, newest first, so that the ids can be compared. Nothing until there are two. */
export const visitsView = (visits: readonly LoggedVisit[]): HTMLElement | null => {
  if (visits.length < 2) return null;
  const first = visits[0]?.event.identity.visitorId;
  const same = visits.every(({ event }) => event.identity.visitorId === first);
  return h(
    'div',
    { class: 'panel visits' },
    h('h2', {}, 'Visits from this page'),
    h(
      'p',
      { class: 'quiet' },
      same ? `All ${visits.length} got the same visitor id.` : 'Not all got the same visitor id.',
    ),
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['Time', 'Visitor id', 'Found by', 'Confidence'].map((title) => h('th', { scope: 'col' }, title)),
        ),
      ),
      h(
        'tbody',
        {},
        [...visits]
          .reverse()
          .map(({ event, forgotten }) =>
            h(
              'tr',
              {},
              h(
                'td',
                {},
                formatTime(event.time).replace(/^.*, /, ''),
                forgotten && h('span', { class: 'chip' }, 'token forgotten'),
              ),
              h('td', {}, h('code', {}, event.identity.visitorId)),
              h('td', {}, foundBy(event)),
              h('td', {}, formatShare(event.identity.confidence)),
            ),
          ),
      ),
    ),
  );
};
