import type { Components, SourceName, SourceValue } from '@whorl/contract';
import type { ActivityFacts, Facts, HeaderFacts, NetworkFacts } from '../facts.ts';
import { readBrowser } from '../network/user-agent.ts';

/** Values of sources by name; `undefined` stands for a source that was not collected. */
export type Values = { [N in SourceName]?: SourceValue<N> | undefined };

/** A browser as a test knows it: what its page says and what headers it sends. */
export type Browser = { values: Values; headers: HeaderFacts };

/** Friday, 20 November 2026, 12:00 UTC: winter time in the northern half of the world. */
export const NOON = Date.UTC(2026, 10, 20, 12);

/** Components that all went well. */
export const componentsOf = (values: Values): Components =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, { value, duration: 1 }]),
  ) as Components;

/** A home connection in New York. */
export const homeNetwork: NetworkFacts = {
  address: '24.105.30.129',
  family: 4,
  isPublic: true,
  ipInfo: {
    v4: {
      address: '24.105.30.129',
      geolocation: {
        latitude: 40.71,
        longitude: -74.01,
        timezone: 'America/New_York',
        city: { name: 'New York' },
        country: { code: 'US', name: 'United States' },
        continent: { code: 'NA', name: 'North America' },
      },
      asn: { asn: '12271', name: 'Charter Communications', network: '24.105.0.0/18' },
      datacenter: { result: false, name: '' },
    },
  },
  sources: [{ name: 'dbip-city', builtAt: Date.UTC(2026, 5, 17) }],
  countryOffsets: [-300, -360, -420, -480, -540, -600],
};

/** The same visitor behind a hosting provider's address. */
export const datacenterNetwork: NetworkFacts = {
  ...homeNetwork,
  address: '5.9.0.1',
  ipInfo: {
    v4: {
      address: '5.9.0.1',
      geolocation: { country: { code: 'DE', name: 'Germany' } },
      asn: { asn: '24940', name: 'Hetzner Online GmbH', network: '5.9.0.0/16' },
      datacenter: { result: true, name: 'Hetzner' },
    },
  },
  countryOffsets: [60],
};

/** An address of which nothing can be known. */
export const privateNetwork: NetworkFacts = {
  address: '192.168.1.7',
  family: 4,
  isPublic: false,
  ipInfo: { v4: { address: '192.168.1.7', geolocation: {} } },
  sources: [],
  countryOffsets: null,
};

const once = { minutes5: 1, hour: 1, day: 1 };

/** A visitor's first event of the day, without a linked id. */
export const firstVisit: ActivityFacts = {
  visitorEvents: once,
  visitorIps: once,
  visitorLinkedIds: null,
  visitorCountries: once,
  ipEvents: once,
  linkedIdIps: null,
  linkedIdVisitors: null,
};

/** Facts of an honest first visit by `browser` from home; `changes` replaces whole parts. */
export const factsOf = (browser: Browser, changes: Partial<Facts> = {}): Facts => {
  const components = componentsOf(browser.values);
  return {
    time: NOON,
    platform: 'js',
    components,
    headers: browser.headers,
    network: homeNetwork,
    browser: readBrowser(components, browser.headers['user-agent'] ?? ''),
    replay: { outcome: 'ok', nonceAge: 250 },
    activity: firstVisit,
    population: { dailyEventsP99: null },
    tokenContradictions: [],
    ...changes,
  };
};

/** The browser with some of its values changed, or taken away by `undefined`. */
export const changed = (browser: Browser, values: Values): Browser => ({
  ...browser,
  values: { ...browser.values, ...values },
});

/** The facts with these sources marked as randomised by the browser. */
export const noised = (facts: Facts, ...names: SourceName[]): Facts => ({
  ...facts,
  components: {
    ...facts.components,
    ...Object.fromEntries(names.map((name) => [name, { ...facts.components[name], noised: true }])),
  },
});

/** A visit of which the agent could collect nothing. */
export const emptyVisit: Facts = factsOf({ values: {}, headers: {} });
