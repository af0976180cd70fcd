import { type Scenario, scenarios } from '../scenario.ts';
import { shownValue } from '../visits/shown-value.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { simulate } from '../visits/simulation.ts';

/**
 * What 8,400 browsers of US users showed: distinct values, and per cent of users whose value nobody else had. Of Berke et
 * al., "How Unique is Whose Web Browser? The role of demographics in browser fingerprinting among US users", 2024.
 */
export const published = {
  'user agent': { distinct: 434, unique: 2.8 },
  languages: { distinct: 264, unique: 2.4 },
  timezone: { distinct: 49, unique: 0.2 },
  screen: { distinct: 572, unique: 4.5 },
  cores: { distinct: 24, unique: 0.1 },
  'WebGL renderer': { distinct: 654, unique: 3.2 },
  fonts: { distinct: 555, unique: 4.7 },
  plugins: { distinct: 214, unique: 2.4 },
  canvas: { distinct: 951, unique: 7.9 },
} as const;
export type Marginal = keyof typeof published;

/** The survey: people in the United States, with more Macs and fewer phones than a mixed site has; nobody in a fleet. */
const survey: Scenario = {
  ...scenarios['web-mix'],
  name: 'survey',
  os: { Windows: 0.5, Android: 0.14, iOS: 0.12, macOS: 0.19, Linux: 0.02, ChromeOS: 0.03 },
  countries: ['US'],
  fleets: { share: 0, smallest: 50, largest: 50 },
  privateWindows: { people: 0, visits: 0 },
};

const PEOPLE = 8400;
const DAYS = 40;

const READERS: { [Name in Marginal]: (visit: SimulatedVisit) => unknown } = {
  'user agent': (visit) => shownValue(visit.components, 'userAgent'),
  languages: (visit) => shownValue(visit.components, 'worker')?.languages,
  timezone: (visit) => shownValue(visit.components, 'timezone'),
  screen: (visit) => {
    const display = shownValue(visit.components, 'display');
    return [display?.width, display?.height, display?.pixelRatio];
  },
  cores: (visit) => shownValue(visit.components, 'hardwareConcurrency'),
  'WebGL renderer': (visit) => {
    const basics = shownValue(visit.components, 'webGlBasics');
    return typeof basics === 'object' ? basics.rendererUnmasked || basics.renderer : basics;
  },
  fonts: (visit) => shownValue(visit.components, 'fonts'),
  plugins: (visit) => shownValue(visit.components, 'plugins'),
  canvas: (visit) => shownValue(visit.components, 'canvas')?.text,
};

/** Distinct values and the share of unique ones, per cent, of each attribute at the first visits of a simulated survey. */
export const simulateMarginals = (seed: number): { [Name in Marginal]: { distinct: number; unique: number } } => {
  const names = Object.keys(published) as Marginal[];
  const counts = new Map(names.map((name) => [name, new Map<string, number>()]));
  const asked = new Set<number>();
  for (const visit of simulate(survey, { visitors: PEOPLE * 1.25, seed, days: DAYS })) {
    if (asked.size >= PEOPLE) break;
    if (asked.has(visit.browser)) continue;
    asked.add(visit.browser);
    for (const name of names) {
      const key = JSON.stringify(READERS[name](visit));
      const values = counts.get(name);
      values?.set(key, (values.get(key) ?? 0) + 1);
    }
  }
  const figure = (name: Marginal) => {
    const values = [...(counts.get(name)?.values() ?? [])];
    const alone = values.filter((count) => count === 1).length;
    return { distinct: values.length, unique: (100 * alone) / asked.size };
  };
  return Object.fromEntries(names.map((name) => [name, figure(name)])) as ReturnType<typeof simulateMarginals>;
};
