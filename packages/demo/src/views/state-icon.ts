import type { SignalState } from '@whorl/contract';
import { s } from '../dom.ts';

/** A state in a word. */
export const stateWords: { readonly [S in SignalState]: string } = {
  detected: 'detected',
  clear: 'clear',
  unknown: 'unknown',
};

// Three outlines that differ without their colours: a filled diamond, a ring with a tick, a broken ring with a question mark.
const outlines: { readonly [S in SignalState]: () => SVGElement[] } = {
  detected: () => [
    s('path', { d: 'M10 1l9 9-9 9-9-9z', class: 'solid' }),
    s('path', { d: 'M10 5.6v5.2M10 13.6v.6', class: 'cut' }),
  ],
  clear: () => [
    s('circle', { cx: 10, cy: 10, r: 8, class: 'stroke' }),
    s('path', { d: 'M6.4 10.4l2.5 2.5 4.8-5.4', class: 'stroke' }),
  ],
  unknown: () => [
    s('circle', { cx: 10, cy: 10, r: 8, class: 'stroke broken' }),
    s('path', { d: 'M7.8 8.2a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M10 14v.3', class: 'stroke' }),
  ],
};

/** The state's sign; the word always stands beside it. */
export const stateIcon = (state: SignalState): SVGSVGElement =>
  s('svg', { viewBox: '0 0 20 20', class: `state-icon ${state}`, 'aria-hidden': 'true' }, ...outlines[state]());
