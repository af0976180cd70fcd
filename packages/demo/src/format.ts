/** Numbers, times and values as a reader of the page sees them. All pure: the clock is an argument. */

const MINUS = '\u2212';

const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

/**
 * A share of 0..1 with two digits. Rounding never claims certainty: 0.999 is `> 0.99`, not `1.00`, and 0.001 is
 * `< 0.01`, not `0.00`.
 */
export const formatShare = (share: number): string => {
  const text = share.toFixed(2);
  if (text === '1.00' && share < 1) return '> 0.99';
  if (text === '0.00' && share > 0) return '< 0.01';
  return text;
};

/** A signed weight with at most two digits; zero, which is mere context, has no sign. */
export const formatWeight = (weight: number): string => {
  const size = trimmed(Math.abs(weight), 2);
  if (size === '0') return '0';
  return weight > 0 ? `+${size}` : `${MINUS}${size}`;
};

/** A duration given in milliseconds: one digit below ten, whole milliseconds below a second, else seconds. */
export const formatDuration = (millis: number): string => {
  if (millis < 0.05) return '0 ms';
  if (millis < 10) return `${trimmed(millis, 1)} ms`;
  if (millis < 999.5) return `${Math.round(millis)} ms`;
  return `${(millis / 1000).toFixed(1)} s`;
};

const timeFormat = (timeZone: string | undefined) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', ...(timeZone ? { timeZone } : {}) });

/** A point in time, unix milliseconds, by the reader's clock or that of `timeZone` (IANA name). */
export const formatTime = (time: number, timeZone?: string): string => timeFormat(timeZone).format(time);

const spans = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** How long `time` lies before `now`, both unix milliseconds, in the largest whole unit. */
export const formatAgo = (time: number, now: number): string => {
  const past = now - time;
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
  for (const [unit, length] of spans) if (past >= length) return relative.format(-Math.floor(past / length), unit);
  return 'just now';
};

/** A value as one line: strings as they are, everything else as JSON. An empty string is shown as `""`. */
export const formatValue = (value: unknown): string => {
  if (typeof value === 'string') return value === '' ? '""' : value;
  return JSON.stringify(value) ?? 'undefined';
};

/** `text` cut to `length` characters with an ellipsis at its end. */
export const clip = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}\u2026`;

/** A name in camel case as words: `anomalyScore` becomes `anomaly score`, `publicVPN` becomes `public VPN`. */
export const toWords = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase())
    .trim();

/** `1 visit`, `2 visits`: a number with its noun. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
