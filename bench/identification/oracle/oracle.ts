import type { Answer } from '../baselines/matcher.ts';
import { DAY, FIRST_DAY } from '../drift/releases.ts';
import type { Trait } from '../drift/trait.ts';
import { Truth } from '../drift/truth.ts';
import { Random } from '../population/random.ts';
import type { Scenario } from '../scenario.ts';
import type { SimulatedVisit, SimulationOptions } from '../visits/simulated-visit.ts';
import { type KnownBrowser, KnownBrowsers } from './known-browsers.ts';
import { processesOf, VisitLikelihoods } from './likelihoods.ts';
import { expectedNow, MOST_DUE, newcomersNow } from './rhythm.ts';
import { TokenTruth } from './token-truth.ts';

export type OracleOptions = Pick<SimulationOptions, 'visitors' | 'days'> & {
  /** How likely a link must be, 0..1. */
  threshold: number;
  /**
   * Where its memory comes from. `told`: after each answer it is told whose visit it was, so no error of its own ever
   * misleads it: the ceiling. `alone`: it believes its own answers, as every matcher without tokens must.
   */
  memory: 'told' | 'alone';
  /**
   * The share of visits that one who is told is asked about, 0..1, drawn by chance; all where it is left out. It learns from
   * every visit all the same, and its answers never mislead it, so these are what it would have said among all.
   */
  sample?: { share: number; seed: number };
  /**
   * Whether browsers bring the tokens that they kept. Whoever brings one is told of and not asked about; of the others it is
   * weighed how likely they are to come without.
   */
  tokens?: boolean;
};

/** Less likely than the best by e to this, and a candidate is left out: 1.5e-8, so that even ten thousand do not count. */
const PRUNED = 18;

type Weighed = { known: KnownBrowser; log: number };

/**
 * Knows every process and every rate of the simulation, of each browser only what it showed, and weighs all browsers ever
 * seen by Bayes' rule: nothing is blocked or capped. Candidates are left out in three ways that cannot change a
 * decision: who differs in what never changes, who is below the best by {@link PRUNED} even by an upper bound, and who falls
 * below it while being weighed.
 */
export class Oracle {
  readonly #truth: Truth;
  readonly #table: readonly Trait[];
  readonly #options: OracleOptions;
  readonly #known = new KnownBrowsers();
  /** Told: the id of each browser, by its true number. */
  readonly #ids = new Map<number, number>();
  /** Ids above all that memory uses: for returning visits that were not recognised, whom memory knows all the same. */
  #spare = 2 ** 25;
  readonly #isAsked: () => boolean;
  readonly #tokens: TokenTruth | undefined;

  constructor(scenario: Scenario, options: OracleOptions) {
    this.#truth = new Truth(scenario, options.visitors);
    this.#table = processesOf(scenario);
    this.#options = options;
    const { memory, sample, tokens = false } = options;
    this.#tokens = tokens ? new TokenTruth(scenario) : undefined;
    if (memory === 'alone' && sample !== undefined) throw new RangeError('who believes its answers must give them all');
    const chance = new Random(sample?.seed ?? 0, 'sample of the oracle');
    this.#isAsked = () => sample === undefined || chance.chance(sample.share);
  }

  /** `brings`: whether the visit brings a token, which then speaks for itself. */
  answer(visit: SimulatedVisit, brings = false): Answer {
    return this.#options.memory === 'told' ? this.#answerTold(visit, brings) : this.#answerAlone(visit);
  }

  #answerTold(visit: SimulatedVisit, brings: boolean): Answer {
    const day = visit.time / DAY;
    const asked = this.#isAsked();
    const said = asked && !brings ? this.#decide(visit, day) : undefined;
    const before = this.#ids.get(visit.browser);
    const own = this.#learn(visit, day, before);
    this.#ids.set(visit.browser, own.id);
    if (said === undefined) return { id: own.id, found: before !== undefined, asked };
    const { link, confidence } = said;
    if (link !== undefined) return { id: link.id, found: true, confidence };
    return { id: before === undefined ? own.id : this.#spare++, found: false, confidence };
  }

  #answerAlone(visit: SimulatedVisit): Answer {
    const day = visit.time / DAY;
    const { link, confidence } = this.#decide(visit, day);
    return { id: this.#learn(visit, day, link?.id).id, found: link !== undefined, confidence };
  }

  /** Whom a visit is taken for, nobody known where that is not sure enough, and how sure it is. */
  #decide(visit: SimulatedVisit, day: number): { link: KnownBrowser | undefined; confidence: number } {
    const { best, newcomer } = this.#posterior(visit, day);
    if (best === undefined || best.share < this.#options.threshold) return { link: undefined, confidence: newcomer };
    return { link: best.known, confidence: best.share };
  }

  #learn(visit: SimulatedVisit, day: number, id: number | undefined): KnownBrowser {
    const known = id === undefined ? undefined : this.#known.get(id);
    const memory = this.#truth.remember(known?.memory, visit);
    if (known !== undefined) this.#known.update(known, visit, day, memory);
    const learnt = known ?? this.#known.add(visit, day, memory);
    this.#tokens?.learn(learnt.id, visit);
    return learnt;
  }

  #posterior(
    visit: SimulatedVisit,
    day: number,
  ): { best: (Weighed & { share: number }) | undefined; newcomer: number } {
    const { visitors, days } = this.#options;
    const here = this.#known.at(visit);
    const crowd = { atAddress: here.size, known: this.#known.size };
    const likelihoods = new VisitLikelihoods(this.#table, visit, crowd);
    const rate = newcomersNow(visitors, Math.max(0, day - FIRST_DAY), days);
    const newcomerLog =
      Math.log(rate) + this.#truth.logPopulation(visit, crowd) + (this.#tokens?.logNewcomer(visit) ?? 0);
    let top = newcomerLog;
    const weighed: Weighed[] = [];
    const weigh = (known: KnownBrowser, look: number, address: number): void => {
      const least = top - PRUNED;
      if (known.due + look + address < least) return;
      if (known.due + look + likelihoods.addressBound(known) < least) return;
      known.due = Math.log(expectedNow(known.rhythm, day));
      const due = known.due + (this.#tokens?.logMissing(known.id, visit) ?? 0);
      const log = due + likelihoods.of(known, least - due);
      if (log === Number.NEGATIVE_INFINITY) return;
      weighed.push({ known, log });
      top = Math.max(top, log);
    };
    const room = this.#known.alike(visit);
    const elsewhere = likelihoods.elsewhereBound(this.#known.leastPool(visit));
    // Those known at the address come first: a good candidate spares the others the trouble.
    for (const known of here) if (known.room === room) weigh(known, 0, 0);
    for (const look of room.values()) {
      const least = top - PRUNED - MOST_DUE - elsewhere;
      const bound = likelihoods.lookBound(look, least);
      if (bound < least) continue;
      for (const known of look.members) if (!here.has(known)) weigh(known, bound, elsewhere);
    }
    return decide(weighed, newcomerLog, top);
  }
}

const decide = (weighed: readonly Weighed[], newcomerLog: number, top: number) => {
  let whole = Math.exp(newcomerLog - top);
  let best: Weighed | undefined;
  for (const one of weighed) {
    whole += Math.exp(one.log - top);
    if (best === undefined || one.log > best.log) best = one;
  }
  const newcomer = Math.exp(newcomerLog - top) / whole;
  return { best: best && { ...best, share: Math.exp(best.log - top) / whole }, newcomer };
};
