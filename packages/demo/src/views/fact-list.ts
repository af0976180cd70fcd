import { type Child, h } from '../dom.ts';

/** Terms with what is known of them; a fact whose value is missing is left out. */
export const factList = (facts: readonly (readonly [term: string, value: Child])[]): HTMLElement =>
  h(
    'dl',
    { class: 'facts' },
    facts.map(([term, value]) =>
      value === undefined || value === null || value === ''
        ? null
        : h('div', {}, h('dt', {}, term), h('dd', {}, value)),
    ),
  );
