import { s } from '../dom.ts';

const WIDTH = 200;
const INSET = 6;
const TICKS = 20;

const x = (share: number): string => (INSET + share * (WIDTH - 2 * INSET)).toFixed(2);

/** A ruler from 0 to 1 with a needle at `share`. The number stands beside it, so that it is drawn for the eye only. */
export const scale = (share: number): SVGSVGElement => {
  const at = Math.min(1, Math.max(0, share));
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => {
    const long = index % (TICKS / 2) === 0;
    const place = x(index / TICKS);
    return s('line', { x1: place, x2: place, y1: long ? 8 : 12, y2: 18, class: index / TICKS <= at ? 'lit' : 'tick' });
  });
  const needle = s('path', { d: `M${x(at)} 17l-4.5 8h9z`, class: 'needle' });
  return s('svg', { viewBox: `0 0 ${WIDTH} 26`, class: 'scale', 'aria-hidden': 'true' }, ticks, needle);
};
