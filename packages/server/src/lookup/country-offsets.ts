import { getTimezonesForCountry } from 'countries-and-timezones';

/** Clocks are changed on quarters of an hour everywhere, so within one nothing has to be worked out again. */
const QUARTER_HOUR = 15 * 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  // A formatter takes some 50 microseconds to make, a hundred times what using it does.
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, made);
  return made;
};

/** Minutes east of UTC that clocks in an IANA zone show at `time` (unix milliseconds). */
const offsetOf = (zone: string, time: number): number => {
  const text = formatOf(zone)
    .formatToParts(time)
    .find(({ type }) => type === 'timeZoneName')?.value;
  // ECMA-402 writes GMT alone for an offset of zero in some locales and versions.
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(text ?? '') ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' && size !== 0 ? -size : size;
};

const cache = new Map<string, { quarter: number; offsets: number[] | null }>();

/**
 * Minutes east of UTC that clocks in a country show at `time` (unix milliseconds), ascending, each once; null when the
 * country (ISO 3166-1 alpha-2) or its zones are not known. Zones come from the IANA database by way of
 * countries-and-timezones, offsets from this Node's own copy of it.
 */
export const countryOffsets = (country: string, time: number): number[] | null => {
  const quarter = Math.floor(time / QUARTER_HOUR);
  const known = cache.get(country);
  if (known?.quarter === quarter) return known.offsets;
  const zones = getTimezonesForCountry(country);
  const offsets =
    zones === null || zones.length === 0
      ? null
      : [...new Set(zones.map(({ name }) => offsetOf(name, time)))].sort((one, other) => one - other);
  cache.set(country, { quarter, offsets });
  return offsets;
};
