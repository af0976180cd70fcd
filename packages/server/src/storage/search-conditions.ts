import type { EventFilter, FlagTest, SearchFlag } from '@whorl/contract';
import { isInRange, networkRanges, V4_RANGE } from './network-range.ts';
import { plainText } from './plain-text.ts';
import { textHash } from './search-row.ts';
import { maskOf, type signalBits } from './signal-bits.ts';

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

/** Columns with addresses of the client. Where there is one of each family, `ip` has the IPv4 one. */
export type AddressColumn = 'ip' | 'other_ip';

/** That one of the addresses lies in a network. `column` is `ip` where no other has to be looked at. */
const isWithin = (cidr: string, addresses: readonly AddressColumn[]): Condition => {
  const ranges = networkRanges(cidr);
  const isV4 = ranges.every(({ first }) => isInRange(first, V4_RANGE));
  const columns = addresses.filter((column) => column === 'ip' || !isV4);
  const parts = columns.flatMap((column) => ranges.map(() => `${column} BETWEEN ? AND ?`));
  return {
    column: columns.at(-1) ?? 'ip',
    sql: parts.length === 1 ? parts.join() : `(${parts.join(' OR ')})`,
    values: columns.flatMap(() => ranges.flatMap(({ first, last }) => [first, last])),
  };
};

/** Each filter as a condition. A text is compared in the form that the columns have it in. */
const conditionOf: {
  [K in Exclude<keyof EventFilter, 'botInfo' | 'flags' | 'network'>]-?: (
    value: NonNullable<EventFilter[K]>,
  ) => Condition;
} = {
  environmentIds: (ids) => isOneOf('environment', ids.map(plainText)),
  visitorId: (id) => is('visitor', plainText(id)),
  linkedId: (id) => is('linked_id', plainText(id)),
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

/** That all of these bits are set in a column, or none. */
const allIn = (column: 'detected' | 'clear', mask: number): Condition => ({
  column,
  sql: `${column} & ? = ?`,
  values: [mask, mask],
});
const noneIn = (column: 'detected' | 'clear', mask: number): Condition => ({
  column,
  sql: `${column} & ? = 0`,
  values: [mask],
});

/** What has failed is in both columns, see `SignalMasks`, and so passes none of the tests. */
const flagTests: Readonly<Record<FlagTest, (mask: number) => Condition[]>> = {
  detected: (mask) => [allIn('detected', mask), noneIn('clear', mask)],
  clear: (mask) => [allIn('clear', mask), noneIn('detected', mask)],
  notDetected: (mask) => [noneIn('detected', mask)],
};

const flagConditions = (flags: NonNullable<EventFilter['flags']>): Condition[] =>
  (Object.keys(flagTests) as FlagTest[]).flatMap((test) => {
    const mask = maskOf((Object.keys(flags) as SearchFlag[]).filter((flag) => flags[flag] === test));
    return mask === 0 ? [] : flagTests[test](mask);
  });

/** The products that other filters look at. An event of which they failed does not show what the filters ask for. */
const productOf = {
  bot: 'botd',
  hasBotInfo: 'botd',
  vpnConfidence: 'vpn',
  minSuspectScore: 'suspectScore',
} as const satisfies { [K in keyof EventFilter]?: keyof typeof signalBits };

const notFailed = (filter: EventFilter): Condition[] => {
  const names = (Object.keys(productOf) as (keyof typeof productOf)[]).filter((name) => filter[name] !== undefined);
  const mask = maskOf(new Set(names.map((name) => productOf[name])));
  return mask === 0 ? [] : [{ column: 'detected', sql: 'detected & clear & ? = 0', values: [mask] }];
};

/** Fields of the stored JSON. See `botInfoColumn`. */
const botInfoConditions = (botInfo: NonNullable<EventFilter['botInfo']>, jsonField: JsonField): Condition[] =>
  (Object.keys(botInfo) as (keyof typeof botInfo)[]).flatMap((field) => {
    const wanted = botInfo[field];
    return wanted === undefined ? [] : [isOneOf('bot_info', wanted.map(plainText), jsonField('bot_info', field))];
  });

/** What a filter demands, as conditions of which all must hold. */
export const conditionsOf = (
  filter: EventFilter,
  jsonField: JsonField,
  addresses: readonly AddressColumn[],
): Condition[] => {
  const { flags = {}, botInfo = {}, network, ...rest } = filter;
  const plain = (Object.keys(rest) as (keyof typeof rest)[]).flatMap((name) => {
    const value = rest[name];
    // The table pairs each name with a function of that name's value; TypeScript does not see the pairing in a loop.
    return value === undefined ? [] : [(conditionOf[name] as (value: unknown) => Condition)(value)];
  });
  const within = network === undefined ? [] : [isWithin(network, addresses)];
  return [
    ...plain,
    ...within,
    ...notFailed(filter),
    ...flagConditions(flags),
    ...botInfoConditions(botInfo, jsonField),
  ];
};
