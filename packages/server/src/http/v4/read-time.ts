/** RFC 3339, 5.6. A leap second is no moment to JavaScript and is refused. */
const FORM = /^(\d{4})-(\d\d)-(\d\d)[Tt]\d\d:\d\d:\d\d(?:\.(\d+))?(?:[Zz]|[+-]\d\d:\d\d)$/;

const MONTHS = 12;

/** JavaScript takes the 31st of every month and rolls over. */
const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= MONTHS && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * The unix milliseconds of a moment, or undefined when the text is none. Events are as fine as milliseconds: a moment
 * between two of them becomes the earlier one, or with `later` the later one, so that "before" and "after" it mean the same
 * events.
 *
 * @param moment RFC 3339, or unix milliseconds
 */
export const readTime = (moment: string | number, { later = false } = {}): number | undefined => {
  if (typeof moment === 'number') return moment;
  const [, year, month, day, fraction = ''] = FORM.exec(moment) ?? [];
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  const time = Date.parse(moment.toUpperCase());
  if (Number.isNaN(time)) return undefined;
  return later && /[1-9]/.test(fraction.slice(3)) ? time + 1 : time;
};
