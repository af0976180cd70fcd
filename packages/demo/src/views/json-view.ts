import type { V3Event } from '@whorl/contract';
import { type Child, h } from '../dom.ts';
import { clip } from '../format.ts';
import { jsonTokens } from '../json-tokens.ts';

const coloured = (json: string): Child[] =>
  jsonTokens(json).map(({ kind, text }) => (kind === 'mark' ? text : h('span', { class: `json-${kind}` }, text)));

const PREVIEW = 90;

/** The v3 event, one fold a product; the first is open. */
export const jsonView = ({ products }: V3Event): HTMLElement =>
  h(
    'div',
    { class: 'panel json' },
    h('p', { class: 'json-edge' }, '{ "products": {'),
    Object.entries(products).map(([name, product]) =>
      h(
        'details',
        { 'data-key': `product ${name}`, open: name === 'identification' },
        h(
          'summary',
          {},
          h('span', { class: 'json-key' }, `"${name}"`),
          h('span', { class: 'preview', 'aria-hidden': 'true' }, clip(JSON.stringify(product), PREVIEW)),
        ),
        h(
          'pre',
          { tabindex: '0', role: 'region', 'aria-label': `${name} as JSON` },
          coloured(JSON.stringify(product, null, 2)),
        ),
      ),
    ),
    h('p', { class: 'json-edge' }, '} }'),
  );
