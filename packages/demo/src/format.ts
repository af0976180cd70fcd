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

/** A chance of 0..1 in percent, for sentences. It never claims certainty: from 0.995 on it is `over 99%`, below 0.005 `under 1%`. */
export const formatPercent = (share: number): string => {
  const percent = Math.round(share * 100);
  if (percent >= 100) return 'over 99%';
  return percent <= 0 ? 'under 1%' : `${percent}%`;
};

/** Bits as a signed number with one digit, so that a column of them lines up; next to nothing has no sign. */
export const formatBits = (bits: number): string => {
  const size = Math.abs(bits).toFixed(1);
  if (size === '0.0') return size;
  return bits > 0 ? `+${size}` : `${MINUS}${size}`;
};

/** Fewest bits at which one answer is called likelier than another. */
export const TELLING_BITS = 0.1;

const MILLION = 1_000_000;

/** How many times something is multiplied by so many bits, 0 or more: `1.4 times`, `4,100 times`, `over a million times`. */
export const formatTimes = (bits: number): string => {
  const times = 2 ** bits;
  if (times >= MILLION) return 'over a million times';
  return `${new Intl.NumberFormat('en', { maximumSignificantDigits: 2 }).format(times)} times`;
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

/** Several things in one sentence: `a`, `a and b`, `a, b and c`. */
export const listed = (things: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(things);

/** `1 visit`, `2 visits`: a number with its noun. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
