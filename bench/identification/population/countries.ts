import { type Pool, poolOf } from './weighted.ts';

/** A country: its share of a mixed site's visits, its zones and its languages, each list as browsers send it. */
type Country = {
  code: string;
  share: number;
  zones: readonly (readonly [zone: string, share: number])[];
  languages: readonly (readonly [list: string, share: number])[];
};

/** US shares of zones after the census of 2020; others after population. Language lists as Chromium, Safari and Firefox form them. */
export const countries: readonly Country[] = [
  {
    code: 'US',
    share: 46,
    zones: [
      ['America/New_York', 43],
      ['America/Chicago', 27],
      ['America/Los_Angeles', 17],
      ['America/Denver', 5.5],
      ['America/Phoenix', 2.6],
      ['America/Detroit', 1.6],
      ['America/Indiana/Indianapolis', 0.9],
      ['Pacific/Honolulu', 0.5],
      ['America/Puerto_Rico', 0.4],
      ['America/Anchorage', 0.25],
      ['America/Boise', 0.25],
      ['America/Kentucky/Louisville', 0.2],
    ],
    languages: [
      ['en-US,en', 71],
      ['en-US', 19],
      ['es-US,es', 1.2],
      ['es-419,es', 1.1],
      ['en-GB,en-US,en', 0.9],
      ['en-US,es-US', 0.8],
      ['zh-CN,zh', 0.8],
    ],
  },
  {
    code: 'GB',
    share: 9,
    zones: [['Europe/London', 99]],
    languages: [
      ['en-GB,en-US,en', 62],
      ['en-GB,en', 17],
      ['en-GB', 12],
      ['en-US,en', 7],
    ],
  },
  {
    code: 'DE',
    share: 8,
    zones: [['Europe/Berlin', 99]],
    languages: [
      ['de-DE,de,en-US,en', 58],
      ['de-DE,de', 12],
      ['de,en-US,en', 15],
      ['en-US,en', 6],
    ],
  },
  {
    code: 'FR',
    share: 6,
    zones: [['Europe/Paris', 99]],
    languages: [
      ['fr-FR,fr,en-US,en', 62],
      ['fr-FR,fr', 12],
      ['fr,fr-FR,en-US,en', 14],
      ['en-US,en', 4],
    ],
  },
  {
    code: 'IN',
    share: 9,
    zones: [
      ['Asia/Kolkata', 55],
      ['Asia/Calcutta', 45],
    ],
    languages: [
      ['en-IN,en-GB,en-US,en', 33],
      ['en-US,en', 33],
      ['en-GB,en-US,en', 18],
      ['hi-IN,hi,en', 5],
    ],
  },
  {
    code: 'BR',
    share: 6,
    zones: [
      ['America/Sao_Paulo', 86],
      ['America/Bahia', 6],
      ['America/Fortaleza', 6],
      ['America/Manaus', 2],
    ],
    languages: [
      ['pt-BR,pt,en-US,en', 70],
      ['pt-BR,pt', 17],
      ['pt-BR', 7],
      ['en-US,en', 3],
    ],
  },
  {
    code: 'JP',
    share: 4,
    zones: [['Asia/Tokyo', 99]],
    languages: [
      ['ja-JP,ja,en-US,en', 30],
      ['ja', 28],
      ['ja-JP', 22],
      ['ja,en-US,en', 13],
    ],
  },
  {
    code: 'CA',
    share: 4,
    zones: [
      ['America/Toronto', 62],
      ['America/Vancouver', 18],
      ['America/Edmonton', 13],
      ['America/Halifax', 5],
      ['America/Winnipeg', 3],
    ],
    languages: [
      ['en-US,en', 36],
      ['en-CA,en-US,en', 30],
      ['en-CA', 12],
      ['fr-CA,fr,en-US,en', 10],
      ['en-GB,en-US,en', 6],
    ],
  },
  {
    code: 'ES',
    share: 4,
    zones: [
      ['Europe/Madrid', 95],
      ['Atlantic/Canary', 5],
    ],
    languages: [
      ['es-ES,es', 55],
      ['es-ES,es,en-US,en', 20],
      ['es-ES', 12],
      ['en-US,en', 5],
    ],
  },
  {
    code: 'AU',
    share: 4,
    zones: [
      ['Australia/Sydney', 55],
      ['Australia/Brisbane', 20],
      ['Australia/Melbourne', 10],
      ['Australia/Perth', 10],
      ['Australia/Adelaide', 5],
    ],
    languages: [
      ['en-AU', 18],
      ['en-AU,en', 20],
      ['en-US,en', 28],
      ['en-GB,en-US,en', 28],
    ],
  },
];

/** All zones, each with the country it is counted to. */
export const zones: readonly { zone: string; country: number }[] = countries.flatMap(({ zones: list }, country) =>
  list.map(([zone]) => ({ zone, country })),
);

/** Zones that travellers meet besides those above. */
const ELSEWHERE = [
  ...['Europe/Rome', 'America/Mexico_City', 'Europe/Amsterdam', 'Asia/Dubai', 'Asia/Bangkok', 'Asia/Singapore'],
  ...['Europe/Istanbul', 'Europe/Lisbon', 'Asia/Shanghai', 'Asia/Seoul', 'Asia/Manila', 'Europe/Zurich', 'Asia/Tokyo'],
  ...['America/Bogota', 'America/Lima', 'Africa/Johannesburg', 'Asia/Jerusalem', 'Pacific/Auckland', 'Europe/Dublin'],
  ...['America/Cancun', 'Europe/Athens', 'Europe/Vienna', 'Europe/Warsaw', 'Asia/Hong_Kong', 'Africa/Lagos'],
  ...['America/Argentina/Buenos_Aires', 'America/Santo_Domingo', 'Asia/Karachi', 'Asia/Jakarta', 'Africa/Cairo'],
];

/** Where journeys lead to: near as a rule, which the shares of the zones stand for, and now and then far. */
export const destinations: Pool<string> = poolOf([
  ...countries.flatMap(({ share, zones: list }) => {
    const total = list.reduce((sum, [, weight]) => sum + weight, 0);
    return list.map(([zone, weight]): [string, number] => [zone, (share * weight) / total]);
  }),
  ...ELSEWHERE.map((zone, rank): [string, number] => [zone, 3 / (rank + 1)]),
]);

/** Every zone that a browser can show, in a fixed order: a trait's value is the place in it. */
export const zoneNames: readonly string[] = destinations.values;

/** Each country's own zones as a distribution over {@link zoneNames}. */
export const homeZones: readonly (readonly number[])[] = countries.map(({ zones: list }) => {
  const shares = new Map(list);
  return zoneNames.map((zone) => shares.get(zone) ?? 0);
});

/** The country that a zone speaks for, or 0 where it speaks for none of those simulated. */
export const countryOfZone: readonly number[] = zoneNames.map((zone) =>
  Math.max(
    0,
    countries.findIndex(({ zones: list }) => list.some(([name]) => name === zone)),
  ),
);
