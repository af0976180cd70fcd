import type { IdentityModel } from '@whorl/engine';
import { type Summary, summarise } from '../metrics/summarise.ts';
import { scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { type Contestant, type ContestantName, enter, type World } from './contestants.ts';
import { holdContest } from './hold-contest.ts';
import type { Options } from './options.ts';
import { train } from './train.ts';
import { type Progress, watched } from './watched.ts';

/** Whom to tell how far a contest is: of a part under way, and of what is done. */
export type Told = { part: (name: string) => Progress; say: (done: string) => void };

/** What a contest leaves: its figures, and those who took part with all that they remember. */
export type Competition = { summaries: ReadonlyMap<ContestantName, Summary>; contestants: Contestant[] };

const lazily = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/**
 * Trains who must learn, replays the visits to all, and counts. The same options give the same figures but for times. `known`: what
 * has been learnt already, in place of training.
 */
export const compete = (options: Options, told: Told, known?: IdentityModel): Competition => {
  const { visitors, days, seed, learn, calibrate } = options;
  const scenario = scenarios[options.scenario];
  const model = lazily(() => {
    if (known !== undefined) return known;
    const made = train(scenario, days, { weights: learn, curves: calibrate }, (part) => told.part(part));
    told.say('learnt from worlds for tuning');
    return made;
  });
  const world: World = { ...options, scenario, model };
  const contestants = options.matchers.map((name) => enter(name, world));
  const visits = watched(simulate(scenario, { visitors, days, seed }), days, told.part('replaying'));
  const { journal, answers } = holdContest(contestants, visits);
  told.say(`replayed ${journal.length.toLocaleString('en-US')} visits`);
  const summaries = new Map([...answers].map(([name, said]) => [name, summarise(journal, said)]));
  told.say('counted');
  return { summaries, contestants };
};
