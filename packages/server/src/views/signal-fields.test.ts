import { readFileSync } from 'node:fs';
import {
  type Event,
  featureNames,
  type SignalName,
  type Signals,
  signalNames,
  V3Event,
  V4Event,
} from '@whorl/contract';
import { judge } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { arbitraryFacts, chanceOf } from '../../../engine/src/testing/arbitrary-facts.ts';
import { sampleEvent } from '../storage/testing/sample-event.ts';
import { v3EventView } from './v3/event-view.ts';
import { v4EventView } from './v4/event-view.ts';

const page = readFileSync(new URL('../../../../docs/signals/README.md', import.meta.url), 'utf8');

const views = {
  v3: (event: Event): object => v3EventView(event).products,
  v4: (event: Event): object => v4EventView(event, { hidden: new Set() }),
};
type Version = keyof typeof views;

/** Products that are no signals. */
const others = ['suspectScore', 'rawDeviceAttributes'] as const;
const products = [...signalNames, ...others];
type Product = (typeof products)[number];

const sample = sampleEvent({ linkedId: 'order 7', suspect: true });
/** With everything that is no product. */
const event = { ...sample, referrer: 'https://search.example/', browser: { ...sample.browser, osVersion: '24.04' } };
const judged = Array.from({ length: 800 }, (_, seed) => {
  const facts = arbitraryFacts(chanceOf(seed));
  return { sdk: { platform: facts.platform, version: '1.0' }, ...judge(facts) };
});

/** What facts of every sort seldom come to, or never: that this alone was found. */
const found = (name: SignalName, signals: Signals): Signals => {
  const { botd, vpn } = signals;
  const info = {
    category: 'ai_agent',
    provider: 'Example',
    name: 'Bot',
    identity: 'signed',
    confidence: 'high',
  } as const;
  const data = {
    botd: { ...botd.data, info },
    vpn: { ...vpn.data, originCountry: 'DE' },
  };
  return {
    ...signals,
    [name]: { ...signals[name], ...(name in data ? { data: data[name as keyof typeof data] } : {}), state: 'detected' },
  };
};

/** The event as it would be, had this product alone been judged so. */
const variantsOf = (product: Product): Event[] => {
  if (product === 'suspectScore') return judged.map(({ sdk, suspectScore }) => ({ ...event, sdk, suspectScore }));
  if (product === 'rawDeviceAttributes') {
    return [{}, { timezone: { value: 'Europe/Berlin', duration: 1 } }].map((attributes) => ({ ...event, attributes }));
  }
  return judged.flatMap(({ sdk, signals }, at) =>
    [signals, ...(at < 100 ? [found(product, signals)] : [])].map((each) => ({
      ...event,
      sdk,
      signals: { ...event.signals, [product]: each[product] },
    })),
  );
};

/** Every path of an answer with what stands there, lists as a whole. */
const pathsOf = (value: unknown, path = ''): [string, string][] => {
  const whole: [string, string][] = path === '' ? [] : [[path, JSON.stringify(value)]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return whole;
  return [...whole, ...Object.entries(value).flatMap(([name, part]) => pathsOf(part, path ? `${path}.${name}` : name))];
};

/** The paths that are not the same in all events of one platform. */
const varyingPaths = (version: Version, product: Product): Set<string> => {
  const variants = variantsOf(product);
  const found = new Set<string>();
  for (const platform of ['js', 'android', 'ios']) {
    const seen = new Map<string, Set<string>>();
    const shown = variants.filter(({ sdk }) => sdk.platform === platform).map((each) => pathsOf(views[version](each)));
    for (const [path, value] of shown.flat()) seen.set(path, (seen.get(path) ?? new Set()).add(value));
    for (const [path, values] of seen) {
      const isSometimesAbsent = shown.some((paths) => !paths.some(([name]) => name === path));
      if (values.size > 1 || isSometimesAbsent) found.add(path);
    }
  }
  return found;
};

const parentsOf = (path: string): string[] =>
  path
    .split('.')
    .slice(0, -1)
    .map((_, at, names) => names.slice(0, at + 1).join('.'));

/** The fields of a product: the shortest paths that no other product has a part in. */
const fieldsOf = (version: Version): Record<Product, string[]> => {
  const paths = Object.fromEntries(products.map((product) => [product, varyingPaths(version, product)]));
  const isOwn = (path: string) => products.filter((product) => paths[product]?.has(path)).length === 1;
  const own = (product: Product) =>
    [...(paths[product] ?? [])].filter((path) => isOwn(path) && !parentsOf(path).some(isOwn)).sort();
  return Object.fromEntries(products.map((product) => [product, own(product)])) as Record<Product, string[]>;
};

const fields = { v3: fieldsOf('v3'), v4: fieldsOf('v4') };

/** The cells of each row of the table by its first one. */
const rows = new Map(
  (page.split('## Where each is shown')[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| ['))
    .map((line) => {
      const [name = '', v3 = '', v4 = '', evidence = '', missing = ''] = line
        .slice(1)
        .split(' | ')
        .map((cell) => cell.trim());
      return [/\[(\w+)\]/.exec(name)?.[1] ?? '', { v3, v4, evidence, missing }] as const;
    }),
);

const namedIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '').sort();

describe('the table of where each product is shown', () => {
  it('has a row for each product and no others', () => {
    expect([...rows.keys()].sort()).toEqual([...products].sort());
  });

  it('has every field of the documents that is not there whatever is switched off', () => {
    const hidden = new Set(featureNames);
    const always = {
      v3: Object.keys(v3EventView(event, { hidden }).products),
      // What a ruleset says is told of an event, and is no part of it.
      v4: [...Object.keys(v4EventView(event, { hidden })), 'rule_action'],
    };
    const documented = {
      v3: Object.keys(V3Event.properties.products.properties),
      v4: Object.keys(V4Event.properties),
    };
    for (const version of ['v3', 'v4'] as const) {
      const named = products.flatMap((product) => fields[version][product]).map((path) => path.split('.')[0]);
      expect([...new Set([...named, ...always[version]])].sort()).toEqual(documented[version].sort());
    }
  });

  it.each(products)('names the fields that v3 and v4 have for %s, and from what it is judged', (product) => {
    const row = rows.get(product);
    expect(namedIn(row?.v3 ?? '')).toEqual(fields.v3[product]);
    expect(namedIn(row?.v4 ?? '')).toEqual(fields.v4[product]);
    expect(row?.evidence.length).toBeGreaterThan(10);
  });

  it.each(signalNames)('says of %s what is shown where its evidence is missing', (product: SignalName) => {
    const unknown = judged.filter(({ signals }) => signals[product].state === 'unknown');
    const shown = unknown.map(({ sdk, signals }) => {
      const signal = { [product]: signals[product] };
      const whole = new Map(
        pathsOf(v4EventView({ ...event, sdk, signals: { ...event.signals, ...signal } }, { hidden: new Set() })),
      );
      return fields.v4[product].flatMap((field) => whole.get(field) ?? []);
    });
    const missing = rows.get(product)?.missing ?? '';
    expect(missing.startsWith('never missing')).toBe(unknown.length === 0);
    expect(missing.startsWith('left out')).toBe(unknown.length > 0 && shown.every((values) => values.length === 0));
    // A verdict is the first of a product's fields, and its name the shortest.
    expect(missing.startsWith('`false`')).toBe(
      shown.length > 0 &&
        shown.every((values) => values[0] === undefined || values[0] === 'false') &&
        shown.some((values) => values.length > 0),
    );
  });
});
