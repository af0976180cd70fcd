import type { SourceValue } from '@whorl/contract';
import type { Source } from './source.ts';

/** Minutes that UTC is ahead of local time, now and in both halves of the year: the offset that the zone's name must fit. */
export const timezoneOffset: Source<SourceValue<'timezoneOffset'>> = {
  collect: () => {
    const today = new Date();
    const inMonth = (month: number) => new Date(today.getFullYear(), month, 1).getTimezoneOffset();
    return { now: today.getTimezoneOffset(), january: inMonth(0), july: inMonth(6) };
  },
};
