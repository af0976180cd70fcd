import type { SignalData } from '@whorl/contract';
import {
  countChanges,
  countNewcomer,
  countRank,
  deviceRarity,
  type Facts,
  firstProfile,
  judge,
  nextProfile,
  noActivity,
  type Profile,
  type Raise,
  strangePairs,
} from '@whorl/engine';
import { portraitOf } from '../replay/whorl-matcher.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';

type Bucket = NonNullable<SignalData['rareDevice']['percentileBucket']>;

/** What was judged of a part of the visits. */
export type Verdicts = {
  visits: number;
  /** Visits by the bucket of `rareDevice`. */
  buckets: Partial<Record<Bucket, number>>;
  /** Visits with a pair of values that nobody else had. */
  strange: number;
  /** Visits called tampered with, by contradictions alone, and with rarity weighed in. */
  byRules: number;
  withRarity: number;
  /** Which contradictions were found, by what they are and how many visits had them. */
  contradictions: Record<string, number>;
};

const none = (): Verdicts => ({
  visits: 0,
  buckets: {},
  strange: 0,
  byRules: 0,
  withRarity: 0,
  contradictions: {},
});

/** Visits of each browser by who it is: known to the simulator, so that no mistake of the matcher is in the figures. */
class Crowd {
  readonly #counts = new Map<number, number>();
  readonly #profiles = new Map<number, Profile>();

  readonly countOf = (key: number): number => this.#counts.get(key) ?? 0;

  knows(visit: SimulatedVisit): boolean {
    return this.#profiles.has(visit.browser);
  }

  learn(visit: SimulatedVisit): void {
    const portrait = portraitOf(visit);
    const known = this.#profiles.get(visit.browser);
    this.#raise(
      known === undefined
        ? [...countNewcomer(this.countOf, portrait, 1), ...countRank(this.countOf, portrait, 1)]
        : countChanges(this.countOf, portrait, known),
    );
    this.#profiles.set(
      visit.browser,
      known === undefined ? firstProfile(portrait) : nextProfile(known, portrait, true),
    );
  }

  #raise(raises: readonly Raise[]): void {
    for (const { key, by } of raises) this.#counts.set(key, this.countOf(key) + by);
  }
}

/** As much of a visit as the simulator knows: there are no headers but the user agent, and no counters. */
const factsOf = (visit: SimulatedVisit, rarity: Facts['rarity']): Facts => ({
  time: visit.time,
  platform: 'js',
  components: visit.components,
  headers: { 'user-agent': visit.browserDetails.userAgent },
  network: { address: visit.address, family: 4, isPublic: false, ipInfo: {}, sources: [], countryOffsets: null },
  browser: visit.browserDetails,
  replay: { outcome: 'ok', nonceAge: null },
  activity: noActivity,
  population: { dailyEventsP99: null },
  tokenContradictions: [],
  ...(rarity === undefined ? {} : { rarity, strangePairs: strangePairs(rarity) }),
});

const judgeVisit = (visit: SimulatedVisit, crowd: Crowd, into: Verdicts): void => {
  const rarity = deviceRarity(crowd.countOf, portraitOf(visit), crowd.knows(visit) ? 1 : 0);
  const { rareDevice, tampering } = judge(factsOf(visit, rarity)).signals;
  const bucket = rareDevice.data.percentileBucket;
  if (bucket === undefined) return;
  const rules = judge(factsOf(visit, undefined)).signals.tampering;
  into.visits++;
  into.buckets[bucket] = (into.buckets[bucket] ?? 0) + 1;
  if (rarity.strangers.length > 0) into.strange++;
  if (rules.state === 'detected') into.byRules++;
  if (tampering.state === 'detected') into.withRarity++;
  for (const { fact } of rules.evidence.filter(({ weight }) => weight > 0)) {
    into.contradictions[fact] = (into.contradictions[fact] ?? 0) + 1;
  }
};

/**
 * Judges `rareDevice` and `tampering` of simulated visits, each browser counted as the server would count it, without
 * ageing. Visits that come before enough visitors are known are counted and not reported.
 */
export const judgePopulation = (
  visits: Iterable<SimulatedVisit>,
): Record<'first visits' | 'later visits', Verdicts> => {
  const crowd = new Crowd();
  const verdicts = { 'first visits': none(), 'later visits': none() };
  for (const visit of visits) {
    judgeVisit(visit, crowd, verdicts[crowd.knows(visit) ? 'later visits' : 'first visits']);
    crowd.learn(visit);
  }
  return verdicts;
};
