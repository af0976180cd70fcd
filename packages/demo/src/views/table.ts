import { type Child, h } from '../dom.ts';

/*
 * Phones lay the rows of these tables out as grids, which takes the tables' own roles away in some browsers. The roles
 * are therefore written out, all in this file.
 */

/** A table with a caption for screen readers, and one column a title. */
export const table = (name: string, caption: string, titles: readonly string[], rows: Child): HTMLElement =>
  h(
    'table',
    { role: 'table', class: name },
    h('caption', { class: 'spoken' }, caption),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        titles.map((title) => h('th', { role: 'columnheader', scope: 'col' }, title)),
      ),
    ),
    h('tbody', { role: 'rowgroup' }, rows),
  );

/** A row of cells. */
export const row = (name: string | undefined, ...cells: Child[]): HTMLElement =>
  h('tr', { role: 'row', class: name }, cells);

/** The cell that names its row. */
export const rowHeader = (...inside: Child[]): HTMLElement => h('th', { role: 'rowheader', scope: 'row' }, inside);

/** A cell. */
export const cell = (name: string | undefined, ...inside: Child[]): HTMLElement =>
  h('td', { role: 'cell', class: name }, inside);
