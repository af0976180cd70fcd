import { h } from '../dom.ts';
import type { Failure } from '../failure.ts';

/** What failed, in whose words, and what to do. `after` an earlier visit, says that the page still shows that one. */
export const failureView = ({ title, code, message, remedy }: Failure, after: boolean): HTMLElement =>
  h(
    'div',
    { class: 'panel failure' },
    h('h2', {}, title),
    h('p', { class: 'failure-words' }, h('code', {}, code), code === message ? null : ` ${message}`),
    h('p', {}, remedy),
    after && h('p', { class: 'quiet' }, 'Below still stands the visit before.'),
  );
