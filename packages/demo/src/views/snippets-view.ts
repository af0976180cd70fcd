import { copyButton } from '../copy-button.ts';
import { h } from '../dom.ts';
import { snippets } from '../snippets.ts';

/** How a server reads this very event. */
export const snippetsView = (base: string, requestId: string): HTMLElement[] =>
  snippets(base, requestId).map(({ title, language, code }) =>
    h(
      'figure',
      { class: 'panel snippet' },
      h(
        'figcaption',
        {},
        title,
        h('span', { class: 'quiet' }, ` ${language}`),
        copyButton(`${title} code`, () => code),
      ),
      h('pre', { tabindex: '0', role: 'region', 'aria-label': `${title} code` }, code),
    ),
  );
