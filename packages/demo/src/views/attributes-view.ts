import type { Attribute } from '@whorl/contract';
import { byId, type Child, h, replaceKept } from '../dom.ts';
import { type AttributeRow, attributeRows, filterAttributes } from '../filter-attributes.ts';
import { clip, counted, formatDuration } from '../format.ts';
import { cell, row, rowHeader, table } from './table.ts';

/** Characters of a value that are shown without opening it. */
const SHORT = 120;

/** Rows that are shown until all are asked for. */
const FIRST = 14;

const outcomeWords = ({ outcome, text }: AttributeRow): Child =>
  outcome === 'absent'
    ? [h('span', { class: 'outcome absent' }, 'absent'), h('span', { class: 'words' }, ' not in this browser')]
    : [h('span', { class: 'outcome error' }, 'error'), h('span', { class: 'words' }, ` ${text}`)];

const shownValue = (attribute: AttributeRow): Child => {
  const { name, outcome, text, value } = attribute;
  if (outcome !== 'value') return outcomeWords(attribute);
  if (text.length <= SHORT) return h('code', {}, text);
  return h(
    'details',
    { 'data-key': `attribute ${name}` },
    h('summary', {}, h('code', {}, clip(text, SHORT))),
    h('pre', {}, typeof value === 'string' ? value : JSON.stringify(value, null, 2)),
  );
};

const attributeRow = (attribute: AttributeRow, changed: boolean): HTMLElement =>
  row(
    attribute.outcome,
    rowHeader(
      h('code', {}, attribute.name),
      attribute.noised && h('span', { class: 'chip noised', title: 'Rendered twice with two results' }, 'noised'),
      changed && h('span', { class: 'chip changed' }, 'changed'),
    ),
    cell('value', shownValue(attribute)),
    cell('took', formatDuration(attribute.duration)),
  );

/** Keeps the table of raw attributes in step with the event, the filter box, and the button that shows all. */
export const createAttributesView = (): ((
  attributes: Record<string, Attribute>,
  changed: readonly string[],
) => void) => {
  const filter = byId('attribute-filter');
  const body = byId('attribute-table');
  const tally = byId('attribute-tally');
  const all = byId('attribute-all');
  let attributes: AttributeRow[] = [];
  let changes: readonly string[] = [];
  let whole = false;
  const show = (): void => {
    const query = filter instanceof HTMLInputElement ? filter.value.trim() : '';
    const kept = filterAttributes(attributes, query);
    const shown = whole || query !== '' ? kept : kept.slice(0, FIRST);
    const total = counted(attributes.length, 'attribute');
    tally.textContent = query === '' ? total : `${kept.length} of ${total}`;
    all.hidden = shown.length === kept.length;
    all.textContent = `Show all ${total}`;
    const rows = shown.map((attribute) => attributeRow(attribute, changes.includes(attribute.name)));
    const caption = 'What the agent sent, with the time that each attribute took';
    replaceKept(body, table('attributes', caption, ['Attribute', 'Value', 'Took'], rows));
  };
  filter.addEventListener('input', show);
  all.addEventListener('click', () => {
    whole = true;
    show();
    filter.focus({ preventScroll: true });
  });
  return (next, changed) => {
    attributes = attributeRows(next);
    changes = changed;
    show();
  };
};
