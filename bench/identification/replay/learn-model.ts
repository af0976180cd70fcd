import {
  attributeList,
  type Commonness,
  compare,
  emptyComparison,
  emptyTally,
  type Frequency,
  fitNovelty,
  fitReturning,
  type IdentityKnowledge,
  type Portrait,
  readCommonness,
  type SystemKnowledge,
  type SystemNovelty,
  type SystemTally,
  tallyPair,
  tallyStranger,
} from '@whorl/engine';
import { Random } from '../population/random.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { IdentityIndex } from './identity-index.ts';
import { portraitOf } from './whorl-matcher.ts';

/** Newcomers sampled for each attribute of a system. */
const SAMPLES = 1_500;

/** Newcomers before which nothing is sampled: what the very first show is new in every case. */
const WARM_UP = 300;

/** What newcomers of one system showed, each counted among those before it. */
type NoveltySamples = {
  conditional: Frequency[][];
  marginal: Frequency[][];
  configuration: Frequency[];
  place: Frequency[];
};

type Learnt = { tally: SystemTally; samples: NoveltySamples; newcomers: number; histories: Map<number, number[]> };

const nothingLearnt = (): Learnt => ({
  tally: emptyTally(),
  samples: {
    conditional: attributeList.map(() => []),
    marginal: attributeList.map(() => []),
    configuration: [],
    place: [],
  },
  newcomers: 0,
  histories: new Map(),
});

/** Keeps an even sample of a stream (Vitter's algorithm R); `met`: how many came before. */
const keep = <T>(sample: T[], one: T, met: number, chance: () => number): void => {
  if (sample.length < SAMPLES) sample.push(one);
  else {
    const at = Math.floor(chance() * (met + 1));
    if (at < SAMPLES) sample[at] = one;
  }
};

const sampleNewcomer = (learnt: Learnt, commonness: Commonness, chance: () => number): void => {
  const { samples, newcomers } = learnt;
  commonness.conditional.forEach((frequency, at) => {
    if (frequency !== undefined && frequency.total > 0)
      keep(samples.conditional[at] ?? [], frequency, newcomers, chance);
  });
  commonness.marginal.forEach((frequency, at) => {
    if (frequency !== undefined && frequency.total > 0) keep(samples.marginal[at] ?? [], frequency, newcomers, chance);
  });
  keep(samples.configuration, commonness.configuration, newcomers, chance);
  if (commonness.place.total > 0) keep(samples.place, commonness.place, newcomers, chance);
};

const noveltyOf = (samples: NoveltySamples): SystemNovelty => ({
  conditional: samples.conditional.map(fitNovelty),
  marginal: samples.marginal.map(fitNovelty),
  configuration: fitNovelty(samples.configuration),
  place: fitNovelty(samples.place),
});

/**
 * Learns from visits that all bring a believable token, as a server learns from those that do: the browser's number stands for
 * the token, and nothing else of the truth is read.
 */
export const learnModel = (visits: Iterable<SimulatedVisit>, seed: number): IdentityKnowledge => {
  const stream = new Random(seed, 'learning');
  const chance = () => stream.next();
  const index = new IdentityIndex();
  const idOf = new Map<number, number>();
  const latest = new Map<string, number[]>();
  const bySystem = new Map<string, Learnt>();
  const compared = emptyComparison();

  const learntOf = (os: string): Learnt => {
    const known = bySystem.get(os) ?? nothingLearnt();
    bySystem.set(os, known);
    return known;
  };

  const meetStranger = (portrait: Portrait, id: number | undefined, learnt: Learnt): void => {
    const others = latest.get(portrait.kind) ?? [];
    const other = others[Math.floor(chance() * others.length)];
    const profile = other === undefined || other === id ? undefined : index.profile(other);
    if (profile === undefined) return;
    compare(portrait, profile, compared);
    tallyStranger(learnt.tally, compared);
  };

  let until = 0;
  for (const visit of visits) {
    const portrait = portraitOf(visit);
    const learnt = learntOf(portrait.os);
    const day = visit.time / 86_400_000;
    until = day;
    const history = learnt.histories.get(visit.browser);
    if (history === undefined) learnt.histories.set(visit.browser, [day]);
    else history.push(day);
    const id = idOf.get(visit.browser);
    meetStranger(portrait, id, learnt);
    if (id === undefined) {
      if (index.size >= WARM_UP) {
        sampleNewcomer(learnt, readCommonness(index.countOf, portrait), chance);
        learnt.newcomers++;
      }
      const made = index.add(portrait);
      idOf.set(visit.browser, made);
      const others = latest.get(portrait.kind) ?? [];
      others.push(made);
      latest.set(portrait.kind, others);
      continue;
    }
    const profile = index.profile(id);
    if (profile === undefined) continue;
    compare(portrait, profile, compared);
    tallyPair(learnt.tally, compared);
    index.update(id, portrait, true);
  }

  const systems: Record<string, SystemKnowledge> = {};
  let most: { os: string; newcomers: number } | undefined;
  for (const [os, { tally, samples, newcomers, histories }] of bySystem) {
    const returning = fitReturning([...histories.values()].map((days) => ({ days, until })));
    systems[os] = { tally, novelty: noveltyOf(samples), returning };
    if (most === undefined || newcomers > most.newcomers) most = { os, newcomers };
  }
  if (most === undefined) throw new RangeError('there was nothing to learn from');
  return { systems, other: most.os, reliability: {}, curves: { links: {}, newcomers: {} } };
};
