import type { Readers } from '../readers.ts';

/** What every JavaScript engine can tell of its device: the zone of its clock. Undefined where the engine has no `Intl`. */
export const engineReaders = (): Readers => ({
  timezone: () => globalThis.Intl?.DateTimeFormat().resolvedOptions().timeZone,
  timezoneOffset: () => {
    const today = new Date();
    const inMonth = (month: number) => new Date(today.getFullYear(), month, 1).getTimezoneOffset();
    return { now: today.getTimezoneOffset(), january: inMonth(0), july: inMonth(6) };
  },
});
