import type { Event, Velocity } from '@whorl/contract';
import { h, spoken } from '../dom.ts';

const rows: readonly (readonly [keyof Velocity, string])[] = [
  ['events', 'Visits of this visitor'],
  ['distinctIp', 'Addresses of this visitor'],
  ['distinctCountry', 'Countries of this visitor'],
  ['distinctLinkedId', 'Linked ids of this visitor'],
  ['ipEvents', 'Visits from this address'],
  ['distinctIpByLinkedId', 'Addresses of this linked id'],
  ['distinctVisitorIdByLinkedId', 'Visitors of this linked id'],
];

const spans = [
  ['5m', '5 minutes'],
  ['1h', '1 hour'],
  ['24h', '24 hours'],
] as const;

const blank = (why: string): HTMLElement =>
  h('td', { class: 'quiet' }, h('span', { 'aria-hidden': 'true' }, '–'), spoken(why));

/** Counts over the time that ends with this visit, and includes it. */
export const activityView = ({ signals: { velocity } }: Event): HTMLElement =>
  h(
    'div',
    { class: 'panel' },
    h(
      'table',
      { class: 'counts-table' },
      h('caption', { class: 'spoken' }, 'Counts over the time that ends with this visit'),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, 'Within the last'),
          spans.map(([, title]) => h('th', { scope: 'col' }, title)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map(([name, title]) => {
          const counts = velocity.data[name];
          return h(
            'tr',
            {},
            h('th', { scope: 'row' }, title),
            spans.map(([span]) => {
              if (counts === null) return blank('nothing to count by');
              const count = counts[span];
              return count === undefined ? blank('left out above 20,000') : h('td', {}, count);
            }),
          );
        }),
      ),
    ),
    h('p', { class: 'quiet' }, 'A dash: nothing to count by, such as no linked id, or no known country.'),
  );
