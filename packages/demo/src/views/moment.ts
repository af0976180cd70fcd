import { h } from '../dom.ts';
import { formatAgo, formatTime } from '../format.ts';

/** A point in time, unix milliseconds, with how long ago it was at `now`. */
export const moment = (time: number, now: number): HTMLElement =>
  h(
    'time',
    { datetime: new Date(time).toISOString() },
    formatTime(time),
    h('span', { class: 'ago' }, formatAgo(time, now)),
  );
