import type { Scenario } from '../scenario.ts';
import { scenarios } from '../scenario.ts';
import { shownValue } from '../visits/shown-value.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { simulate } from '../visits/simulation.ts';
import { DAY } from './releases.ts';

/** Days between two visits of one browser, as the columns of the table; the last column is for two browsers. */
export const spans = ['0-2', '5-10', '10-30', '30+'] as const;
export type Span = (typeof spans)[number];
export type Agreement = { [S in Span | 'different']: number };

/**
 * How often an attribute agrees between two visits, measured on 7,639 pairs of the data published with FP-Stalker (Vastel
 * et al., 2018): desktop browsers of volunteers in 2015 to 2017, when releases came every 42 days.
 */
export const publishedDrift = {
  canvas: { '0-2': 0.995, '5-10': 0.948, '10-30': 0.918, '30+': 0.802, different: 0.046 },
  'browser version': { '0-2': 0.995, '5-10': 0.841, '10-30': 0.694, '30+': 0.23, different: 0.095 },
  languages: { '0-2': 0.998, '5-10': 0.99, '10-30': 0.99, '30+': 0.988, different: 0.063 },
  'WebGL renderer': { '0-2': 0.999, '5-10': 0.984, '10-30': 0.975, '30+': 0.98, different: 0.188 },
  screen: { '0-2': 0.986, '5-10': 0.724, '10-30': 0.755, '30+': 0.851, different: 0.144 },
  timezone: { '0-2': 0.999, '5-10': 0.935, '10-30': 0.899, '30+': 0.815, different: 0.188 },
  'IP address': { '0-2': 0.98, '5-10': 0.431, '10-30': 0.414, '30+': 0.415, different: 0 },
} as const satisfies { [attribute: string]: Agreement };
export type Attribute = keyof typeof publishedDrift;

/** Desktop browsers of people all over the world, without fleets and private windows, as the volunteers were. */
const volunteers: Scenario = {
  ...scenarios['web-mix'],
  name: 'volunteers',
  os: { Windows: 0.7, macOS: 0.16, Linux: 0.14, Android: 0, iOS: 0, ChromeOS: 0 },
  fleets: { share: 0, smallest: 50, largest: 50 },
  privateWindows: { people: 0, visits: 0 },
  noised: { brave: 0, resisting: 0 },
};

const READERS: { [Name in Attribute]: (visit: SimulatedVisit) => string } = {
  canvas: (visit) => shownValue(visit.components, 'canvas')?.text ?? '',
  'browser version': (visit) => `${visit.browserFamily} ${visit.browserDetails.browserMajorVersion}`,
  languages: (visit) => shownValue(visit.components, 'worker')?.languages?.join() ?? '',
  'WebGL renderer': (visit) => {
    const basics = shownValue(visit.components, 'webGlBasics');
    return typeof basics === 'object' ? basics.rendererUnmasked || basics.renderer : '';
  },
  screen: (visit) =>
    `${shownValue(visit.components, 'display')?.width}x${shownValue(visit.components, 'display')?.height}`,
  // By name: the published offsets also change with the clocks, which says more of the season than of the browser.
  timezone: (visit) => shownValue(visit.components, 'timezone') ?? '',
  'IP address': ({ address }) => (address.includes(':') ? address.split(':').slice(0, 4).join(':') : address),
};

const attributes = Object.keys(publishedDrift) as Attribute[];

const spanOf = (days: number): Span | undefined => {
  if (days <= 2) return '0-2';
  if (days < 5) return undefined;
  return days < 10 ? '5-10' : days < 30 ? '10-30' : '30+';
};

type Reading = { time: number; browser: number; values: readonly string[] };

/** Counts agreements, one column after the other for each attribute. */
class Tally {
  private readonly agreed = new Map<string, number>();
  private readonly all = new Map<string, number>();

  add(span: string, one: Reading, other: Reading): void {
    this.all.set(span, (this.all.get(span) ?? 0) + 1);
    attributes.forEach((name, place) => {
      const key = `${span}/${name}`;
      if (one.values[place] === other.values[place]) this.agreed.set(key, (this.agreed.get(key) ?? 0) + 1);
    });
  }

  share(span: string, name: Attribute): number {
    return (this.agreed.get(`${span}/${name}`) ?? 0) / (this.all.get(span) ?? 1);
  }
}

/** Visits of one browser that are remembered for pairing. */
const REMEMBERED = 12;

/** How often each attribute agrees between visits of one browser, by the days between them, and of two browsers. */
export const simulateDrift = (visitors: number, seed: number): { [Name in Attribute]: Agreement } => {
  const tally = new Tally();
  const known = new Map<number, Reading[]>();
  let before: Reading | undefined;
  for (const visit of simulate(volunteers, { visitors, seed, days: 120 })) {
    const values = attributes.map((name) => READERS[name](visit));
    const reading: Reading = { time: visit.time, browser: visit.browser, values };
    if (before !== undefined && before.browser !== reading.browser) tally.add('different', before, reading);
    const own = known.get(visit.browser) ?? [];
    for (const earlier of own) {
      const span = spanOf((reading.time - earlier.time) / DAY);
      if (span !== undefined) tally.add(span, earlier, reading);
    }
    own.push(reading);
    if (own.length > REMEMBERED) own.shift();
    known.set(visit.browser, own);
    before = reading;
  }
  const row = (name: Attribute): Agreement => ({
    '0-2': tally.share('0-2', name),
    '5-10': tally.share('5-10', name),
    '10-30': tally.share('10-30', name),
    '30+': tally.share('30+', name),
    different: tally.share('different', name),
  });
  return Object.fromEntries(attributes.map((name) => [name, row(name)])) as { [Name in Attribute]: Agreement };
};
