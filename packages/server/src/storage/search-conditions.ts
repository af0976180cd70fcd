import type { EventFilter, FlagTest, SearchFlag } from '@whorl/contract';
import { networkRange } from './network-range.ts';
import { plainText } from './plain-text.ts';
import { textHash } from './search-row.ts';
import { findingBits, signalBits } from './signal-bits.ts';

/** What a condition compares with. */
type Value = string | number | Uint8Array;

/**
 * A part of a WHERE clause, with a question mark for each value. `column`: what it looks at; a table without that column
 * has nothing that matches.
 */
export type Condition = { column: string; sql: string; values: Value[] };

/** The condition of a list that allows no value at all. */
export const NEVER = 'FALSE';

/** How a database reads a field of a column that holds JSON, as text. */
export type JsonField = (column: string, field: string) => string;

const is = (column: string, value: Value): Condition => ({ column, sql: `${column} = ?`, values: [value] });

const isOneOf = (column: string, values: readonly Value[], expression = column): Condition => ({
  column,
  sql: values.length === 0 ? NEVER : `${expression} IN (${values.map(() => '?').join(', ')})`,
  values: [...values],
});

const isWithin = (cidr: string): Condition => {
  const { first, last } = networkRange(cidr);
  return { column: 'ip', sql: 'ip BETWEEN ? AND ?', values: [first, last] };
};

/** Each filter as a condition. A text is compared in the form that the columns have it in. */
const conditionOf: {
  [K in Exclude<keyof EventFilter, 'botInfo' | 'flags'>]-?: (value: NonNullable<EventFilter[K]>) => Condition;
} = {
  environmentIds: (ids) => isOneOf('environment', ids.map(plainText)),
  visitorId: (id) => is('visitor', plainText(id)),
  linkedId: (id) => is('linked_id', plainText(id)),
  network: isWithin,
  asn: (asn) => is('asn', plainText(asn)),
  url: (url) => is('url_hash', textHash(url)),
  origin: (origin) => is('origin_hash', textHash(origin)),
  bot: (results) => isOneOf('bot', results),
  hasBotInfo: (known) => ({ column: 'bot_info', sql: `bot_info IS ${known ? 'NOT NULL' : 'NULL'}`, values: [] }),
  vpnConfidence: (level) => is('vpn_confidence', level),
  suspect: (suspect) => is('suspect', Number(suspect)),
  minSuspectScore: (least) => ({ column: 'suspect_score', sql: 'suspect_score >= ?', values: [least] }),
  rareDeviceBucket: (bucket) => is('rare_bucket', plainText(bucket)),
  proximityId: (id) => is('proximity_id', plainText(id)),
  proximityPrecisionRadius: (metres) => is('proximity_radius', metres),
  sdkPlatforms: (platforms) => isOneOf('sdk_platform', platforms),
  sdkVersion: (version) => is('sdk_version', plainText(version)),
};

const bits: Readonly<Record<SearchFlag, number>> = { ...signalBits, ...findingBits };

const flagConditions = (flags: NonNullable<EventFilter['flags']>): Condition[] => {
  const mask = (test: FlagTest): number =>
    // A sum, not a shift: JavaScript shifts within 32 bits.
    (Object.keys(flags) as SearchFlag[])
      .filter((flag) => flags[flag] === test)
      .reduce((sum, flag) => sum + 2 ** bits[flag], 0);
  const all = (column: string, wanted: number): Condition => ({
    column,
    sql: `${column} & ? = ?`,
    values: [wanted, wanted],
  });
  const none: Condition = { column: 'detected', sql: 'detected & ? = 0', values: [mask('notDetected')] };
  return [all('detected', mask('detected')), all('clear', mask('clear')), none].filter(({ values }) => values[0] !== 0);
};

/** Fields of the stored JSON. See `botInfoColumn`. */
const botInfoConditions = (botInfo: NonNullable<EventFilter['botInfo']>, jsonField: JsonField): Condition[] =>
  (Object.keys(botInfo) as (keyof typeof botInfo)[]).flatMap((field) => {
    const wanted = botInfo[field];
    return wanted === undefined ? [] : [isOneOf('bot_info', wanted.map(plainText), jsonField('bot_info', field))];
  });

/** What a filter demands, as conditions of which all must hold. */
export const conditionsOf = ({ flags = {}, botInfo = {}, ...rest }: EventFilter, jsonField: JsonField): Condition[] => {
  const plain = (Object.keys(rest) as (keyof typeof rest)[]).flatMap((name) => {
    const value = rest[name];
    // The table pairs each name with a function of that name's value; TypeScript does not see the pairing in a loop.
    return value === undefined ? [] : [(conditionOf[name] as (value: unknown) => Condition)(value)];
  });
  return [...plain, ...flagConditions(flags), ...botInfoConditions(botInfo, jsonField)];
};
