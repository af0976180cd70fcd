import { type Child, h, spoken, withShare } from '../dom.ts';
import { counted, formatBits, formatTimes, TELLING_BITS } from '../format.ts';
import type { WeighedReason, Weighing } from '../weigh-reasons.ts';
import { cell, row, rowHeader, table } from './table.ts';

/** Rows that are shown before the lighter ones are unfolded. */
const FIRST = 10;

const titles = ['Compared', 'With what is known', 'Bits'] as const;

const sideOf = (bits: number): 'for' | 'against' => (bits < 0 ? 'against' : 'for');

/** A number, and beside it a bar from the middle: to the right what speaks for the visitor, to the left what speaks against. */
const bitsCell = (bits: number, heaviest: number): HTMLElement =>
  cell(
    `bits ${sideOf(bits)}`,
    h('span', { class: 'size' }, formatBits(bits)),
    spoken(bits < 0 ? ', speaks against it' : ', speaks for it'),
    h('span', { class: 'beam', 'aria-hidden': 'true' }, withShare(h('i'), Math.abs(bits) / heaviest)),
  );

const reasonRow = ({ title, outcome, bits }: WeighedReason, heaviest: number): HTMLElement =>
  row(undefined, rowHeader(title), cell('outcome-words', outcome), bitsCell(bits, heaviest));

/** What the sum says in words. */
const sumText = (bits: number): string => {
  if (Math.abs(bits) < TELLING_BITS) return 'as likely as a new visitor';
  return bits < 0
    ? `${formatTimes(-bits)} less likely than a new visitor`
    : `${formatTimes(bits)} likelier than a new one`;
};

const sumRow = (sum: number, withLight: boolean): HTMLElement =>
  row(
    'sum',
    rowHeader(withLight ? 'Together with the lighter' : 'Together'),
    cell('outcome-words', sumText(sum)),
    cell(`bits ${sideOf(sum)}`, h('span', { class: 'size' }, formatBits(sum))),
  );

const fold = (key: string, title: string, ...inside: Child[]): HTMLElement =>
  h('details', { class: 'fold', 'data-key': key }, h('summary', {}, title), inside);

/** Evidence in bits as a table, heaviest first, with its sum; what is light and what was hidden are folded away. */
export const balanceView = ({ reasons, hidden, sum }: Weighing): HTMLElement => {
  const heaviest = Math.abs(reasons[0]?.bits ?? 0);
  const rows = reasons.map((reason) => reasonRow(reason, heaviest));
  // A fold for one row would take as much room as the row.
  const shown = rows.length <= FIRST + 1 ? rows : rows.slice(0, FIRST);
  const light = rows.slice(shown.length);
  return h(
    'div',
    { class: 'balance' },
    reasons.length === 0
      ? h('p', { class: 'quiet' }, 'Nothing that both show speaks for or against it.')
      : table('weighing', 'What speaks for the visitor and against it, heaviest first', titles, [
          shown,
          sumRow(sum, light.length > 0),
        ]),
    light.length > 0 &&
      fold(
        'light evidence',
        `${counted(light.length, 'lighter reason')}`,
        table('weighing', 'Lighter reasons', titles, light),
      ),
    hidden.length > 0 &&
      fold(
        'hidden attributes',
        `${counted(hidden.length, 'attribute')} not shown`,
        h('p', { class: 'quiet' }, 'By this browser now, or by the visitor before; neither for nor against.'),
        h(
          'ul',
          { class: 'names' },
          hidden.map((title) => h('li', {}, title)),
        ),
      ),
  );
};
