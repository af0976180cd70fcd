import { type MobileSectionName, mobileSections, type SourceName, sourceSchemas } from '@whorl/contract';
import type { Facts } from '../facts.ts';
import type { DeviceRarity } from '../identity/device-rarity.ts';
import { strangePairs } from '../identity/strange-pairs.ts';
import { emptyVisit, homeNetwork, NOON, privateNetwork } from './facts-builder.ts';

/** A source of chance that gives the same numbers for the same seed. */
export type Chance = () => number;

/** Mulberry32: small, fast, good enough to shuffle test input. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Schema = { [key: string]: unknown };

const pick = <T>(chance: Chance, from: readonly T[], otherwise: T): T =>
  from[Math.floor(chance() * from.length)] ?? otherwise;

/** Strings that judgements look for, and strings that break careless code. */
const texts = [
  '',
  ' ',
  '0',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\ud800',
  '{"a":1}',
  '"',
  '-',
  '((((((((((',
  'Mozilla',
  'Atlantic/Reykjavik',
  'SecurityError',
  'Chromium',
  'Brave',
  'Windows',
  'headless_chrome',
  'webdriver',
  'MacIntel',
  'llvmpipe (LLVM 15.0.6, 256 bits)',
  'VMware SVGA 3D',
  'Direct3D11 Metal Mesa',
  '99999999999999999999.0',
  '156.0.8078.79',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5',
  'Mozilla/5.0 (Linux; Android ; ; ) AppleWebKit/ Chrome/',
  '/data/user/999/a/../../b',
  'frida-agent',
  'com.topjohnwu.magisk',
  't13d1516h2_8daaf6152771_02713d6af862',
  '"Not:A-Brand";v="8", "Chromium";v="156"',
  'https://shop.example',
  'de-DE,fr;q=0.9,,*',
  '?1',
];
const numbers = [
  NOON - 3e10,
  0,
  -0,
  1,
  -1,
  2,
  4,
  8,
  16.667,
  33,
  37,
  300,
  -840,
  1500,
  73_728,
  1e-320,
  1e308,
  -1e308,
  2 ** 53,
];

const arbitraryText = (chance: Chance, longest: number): string => {
  const text = pick(chance, texts, '');
  const made = chance() < 0.1 ? text.padEnd(longest, `${text}(;/"`) : text;
  return made.slice(0, longest);
};

/** Names in records: those that are looked for, and those that every object has. */
const recordNames = [
  'detectWebDriver',
  'detectPluginsLengthInconsistency',
  'constructor',
  '__proto__',
  'sin',
  'ro.kernel.qemu',
  'ro.debuggable',
  'checkForSuBinary',
];

/** The numbers that a schema's bounds let through. */
const numbersWithin = ({ minimum = -Infinity, maximum = Infinity }: Schema): number[] =>
  numbers.filter((number) => number >= Number(minimum) && number <= Number(maximum));

const lengthOf = (chance: Chance, most: unknown): number =>
  Math.floor(chance() * Math.min(typeof most === 'number' ? most + 1 : 4, 6));

/** A value that the schema lets through, drawn by `chance`. Knows the schemas that the contract uses for sources. */
const arbitrary = (chance: Chance, schema: Schema): unknown => {
  if (Array.isArray(schema.anyOf)) return arbitrary(chance, pick(chance, schema.anyOf as Schema[], {}));
  if (schema.const !== undefined) return schema.const;
  switch (schema.type) {
    case 'string':
      return arbitraryText(chance, typeof schema.maxLength === 'number' ? schema.maxLength : 64);
    case 'number':
      return pick(chance, numbersWithin(schema), 0);
    case 'boolean':
      return chance() < 0.5;
    case 'null':
      return null;
    case 'array': {
      const items = schema.items as Schema;
      return Array.from({ length: lengthOf(chance, schema.maxItems) }, () => arbitrary(chance, items));
    }
    case 'object': {
      if (schema.patternProperties !== undefined) {
        const [[pattern = '', value = {}] = []] = Object.entries(schema.patternProperties as Record<string, Schema>);
        const drawn = recordNames.filter((name) => new RegExp(pattern).test(name) && chance() < 0.4);
        return Object.fromEntries(drawn.map((name) => [name, arbitrary(chance, value)]));
      }
      const required = new Set(Array.isArray(schema.required) ? schema.required : []);
      const properties = Object.entries(schema.properties as Record<string, Schema>);
      const drawn = properties.filter(([name]) => required.has(name) || chance() < 0.5);
      return Object.fromEntries(drawn.map(([name, property]) => [name, arbitrary(chance, property)]));
    }
    default:
      throw new Error(`schema of an unknown kind: ${JSON.stringify(schema)}`);
  }
};

/** The schemas of sources and of mobile sections, by name. */
const schemas: Record<string, unknown> = {
  ...sourceSchemas,
  ...Object.fromEntries(Object.entries(mobileSections).map(([name, { schema }]) => [name, schema])),
};

const arbitraryComponent = (chance: Chance, name: SourceName | MobileSectionName) => {
  const kind = chance();
  if (kind < 0.1) return { absent: true, duration: 0 };
  if (kind < 0.2) return { error: { name: 'Timeout', message: arbitraryText(chance, 256) }, duration: 5 };
  // JSON has carried every real value, so it carries these.
  const value = JSON.parse(JSON.stringify(arbitrary(chance, schemas[name] as Schema)));
  return { value, duration: 1, ...(chance() < 0.2 ? { noised: true } : {}) };
};

const headerNames = [
  'user-agent',
  'accept-language',
  'sec-ch-ua',
  'sec-ch-ua-platform',
  'sec-ch-ua-mobile',
  'origin',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
] as const;

const arbitraryConnection = (chance: Chance): Pick<Facts, 'tls' | 'tcpSystem'> => ({
  ...(chance() < 0.5
    ? { tls: { ja4: arbitraryText(chance, 64), source: 'proxy' as const, grease: chance() < 0.5 } }
    : {}),
  ...(chance() < 0.5 ? { tcpSystem: pick(chance, ['Windows', 'Apple', 'Linux'] as const, 'Linux') } : {}),
});

const arbitraryList = (chance: Chance) => ({
  source: { name: 'list', builtAt: pick(chance, [NOON, 0, NOON + 1e9, 1e300], NOON) },
  listed: chance() < 0.3,
  ...(chance() < 0.5 ? { seenAt: pick(chance, [NOON, -1, 1e300], 0) } : {}),
});

const arbitraryRarity = (chance: Chance): DeviceRarity => {
  const value = { bits: 17, seen: 0, among: 400, expected: 80, attribute: 'gpu' as const, beside: ['device'] };
  return {
    ranked: pick(chance, [0, 1, 999.99, 1_000, 1e9], 0),
    asRare: pick(chance, [0, 1e-9, 1, 60, 1e9], 0),
    bits: pick(chance, [0, 12.3, 1e6], 0),
    alike: pick(chance, [0, 0.4, 3], 0),
    known: chance() < 0.5,
    rarest: chance() < 0.5 ? [value] : [],
    strangers: chance() < 0.5 ? [value, value, value] : [],
  };
};

/** Facts that no honest browser sends, each component valid by its schema. The same chance gives the same facts. */
export const arbitraryFacts = (chance: Chance): Facts => {
  // Now and then nothing came along that could be compared with anything.
  const isMute = chance() < 0.05;
  const names = (Object.keys(schemas) as (SourceName | MobileSectionName)[]).filter(() => !isMute && chance() < 0.7);
  const window = () => ({ minutes5: 1, hour: 2, day: pick(chance, [1, 101, 20_001], 1) });
  const maybe = () => (chance() < 0.5 ? window() : null);
  const lists = Object.fromEntries(
    (['tor', 'proxy', 'emailSpam', 'attackSource', 'publicVpn', 'relay'] as const)
      .filter(() => chance() < 0.8)
      .map((name) => [name, arbitraryList(chance)]),
  );
  return {
    ...emptyVisit,
    platform: pick(chance, ['js', 'js', 'android', 'ios'] as const, 'js'),
    components: Object.fromEntries(names.map((name) => [name, arbitraryComponent(chance, name)])),
    headers: Object.fromEntries(
      headerNames.filter(() => !isMute && chance() < 0.7).map((name) => [name, arbitraryText(chance, 4096)]),
    ),
    ...(isMute ? {} : arbitraryConnection(chance)),
    network: {
      ...pick(chance, [homeNetwork, privateNetwork], homeNetwork),
      ...(chance() < 0.5 ? { lists } : {}),
      countryOffsets: pick(chance, [null, [], [0], [-300, 330]], null),
    },
    replay: {
      outcome: pick(chance, ['ok', 'nonce-forged', 'nonce-expired', 'nonce-reused', 'body-seen'] as const, 'ok'),
      nonceAge: pick(chance, [null, 0, 1e15], null),
    },
    activity: {
      visitorEvents: window(),
      visitorIps: window(),
      visitorLinkedIds: maybe(),
      visitorCountries: maybe(),
      ipEvents: window(),
      linkedIdIps: maybe(),
      linkedIdVisitors: maybe(),
    },
    ...(chance() < 0.5 ? { zone: { id: 'zone', radius: 25, chance: pick(chance, [0, 0.5, 1], 1) } } : {}),
    ...(chance() < 0.5 ? { reportSignature: pick(chance, ['valid', 'wrong', 'missing'] as const, 'valid') } : {}),
    ...(chance() < 0.3 ? { signatureRequired: chance() < 0.5 } : {}),
    ...(chance() < 0.5
      ? { earlierPlace: { latitude: -90, longitude: 180, accuracy: 0, time: pick(chance, [NOON, 1e300, -1e300], 0) } }
      : {}),
    population: {
      dailyEventsP99: pick(chance, [null, 0, 7, 1e6], null),
      ...(chance() < 0.3 ? { dailyEventsFloor: pick(chance, [1, 100, 1e9], 1) } : {}),
    },
    ...(chance() < 0.7 ? { rarity: arbitraryRarity(chance) } : {}),
    ...(chance() < 0.3 ? { strangePairs: strangePairs(arbitraryRarity(chance)) } : {}),
    tokenContradictions:
      chance() < 0.2
        ? [{ fact: 'os differs from that of the token’s visitor', value: null, weight: 1, from: 'store' }]
        : [],
  };
};
