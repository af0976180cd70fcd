import { DAY, FIRST_DAY, trainOfFamily, trainOfOs } from '../drift/releases.ts';
import type { Trait, Traits } from '../drift/trait.ts';
import { ALL_TRAITS, DEVICE_TRAITS, T, traitNames } from '../drift/trait-names.ts';
import { createTraits, type TraitTable } from '../drift/traits.ts';
import { deviceModels } from '../population/device-models.ts';
import { looks } from '../population/looks.ts';
import { type Browser, type Device, type Place, type Population, PopulationBuilder } from '../population/population.ts';
import { Random } from '../population/random.ts';
import { nth } from '../population/weighted.ts';
import type { Scenario } from '../scenario.ts';
import { componentsOf } from './components/components-of.ts';
import type { Scene } from './components/scene.ts';
import { CopiedStorage } from './copied-storage.ts';
import { addressAt } from './network.ts';
import { shownTraits } from './shown-traits.ts';
import { osNames, type SimulatedVisit, type SimulationOptions } from './simulated-visit.ts';
import { TokenStorage } from './token-storage.ts';
import { VisitCalendar } from './visit-calendar.ts';

/** A network stays in use for as long as a session goes on, in days. */
const SESSION = 1 / 6;

/** How long a session of a browser that randomises lasts, at most: until it is closed. */
const BROWSER_SESSION = 0.4;

/** Profiles of a flood are made within so many days, and used again for a visit or two at once. */
const FLOOD_DAYS = 2;
const FLOOD_AGAIN = { chance: 0.3, days: 0.02 };

/** A world under way: whose visit is next, and what each device has become. */
class Simulation {
  private readonly scenario: Scenario;
  private readonly table: readonly Trait[];
  private readonly population: Population;
  private readonly calendar: VisitCalendar;
  private readonly tokens: TokenStorage;
  private readonly copied: CopiedStorage;
  private readonly random: Random;
  private readonly last: number;
  private readonly places: Int32Array;
  private readonly visited: Float64Array;
  private readonly sessions: Int32Array;
  private readonly at: Traits = new Int32Array(ALL_TRAITS);

  constructor(scenario: Scenario, traits: TraitTable, options: SimulationOptions) {
    this.scenario = scenario;
    this.table = traitNames.map((name) => traits[name]);
    this.population = new PopulationBuilder(scenario, traits, options).build();
    const count = this.population.browsers.length;
    this.last = FIRST_DAY + options.days;
    this.random = new Random(options.seed, `visits/${scenario.name}`);
    const dates = this.floodDays(options.days);
    this.calendar = new VisitCalendar(count, FIRST_DAY, this.last, new Random(options.seed, 'calendar'), dates);
    this.tokens = new TokenStorage(count, scenario.clearing, new Random(options.seed, 'tokens'));
    this.copied = new CopiedStorage(this.population, scenario.copying, new Random(options.seed, 'copied storage'));
    this.places = new Int32Array(count);
    this.visited = new Float64Array(count);
    this.sessions = new Int32Array(count);
  }

  *visits(): Generator<SimulatedVisit> {
    for (let next = this.calendar.next(); next !== undefined && next.day < this.last; next = this.calendar.next()) {
      yield this.visit(next.browser, next.day);
      this.calendar.plan(nth(this.population.browsers, next.browser).flood ? this.floodAgain(next.day) : undefined);
    }
  }

  /** When each profile of a flood is first used: all that share an address within the same days. */
  private floodDays(days: number): Map<number, number> {
    const starts = new Map<number, number>();
    const appointed = new Map<number, number>();
    this.population.browsers.forEach(({ flood, device }, number) => {
      if (!flood) return;
      const { network } = nth(nth(this.population.devices, device).places, 0);
      const start = starts.get(network.id) ?? this.random.next() * Math.max(0, days - FLOOD_DAYS);
      starts.set(network.id, start);
      appointed.set(number, FIRST_DAY + start + this.random.next() * FLOOD_DAYS);
    });
    return appointed;
  }

  private floodAgain(day: number): number {
    if (!this.random.chance(FLOOD_AGAIN.chance)) return Number.POSITIVE_INFINITY;
    return day + this.random.exponential(1 / FLOOD_AGAIN.days);
  }

  /** Moves a run of traits on to a day. */
  private step(from: number, until: number, since: number, day: number): void {
    for (let place = from; place < until; place++) {
      this.at[place] = nth(this.table, place).step(this.random, this.at, nth(this.at, place), since, day);
    }
  }

  /** Brings device and browser to a day; `at` then holds their traits. */
  private advance(device: Device, browser: Browser, day: number): void {
    this.at.set(device.traits);
    this.at.set(browser.traits, DEVICE_TRAITS);
    if (day > device.since) this.step(0, DEVICE_TRAITS, device.since, day);
    if (day > browser.since) this.step(DEVICE_TRAITS, ALL_TRAITS, browser.since, day);
    device.traits.set(this.at.subarray(0, DEVICE_TRAITS));
    browser.traits.set(this.at.subarray(DEVICE_TRAITS));
    device.since = day;
    browser.since = day;
  }

  private choosePlace({ places }: Device, number: number, day: number): Place {
    const isSame = day - nth(this.visited, number) < SESSION && nth(this.places, number) < places.length;
    if (!isSame) {
      let left = this.random.next();
      let place = 0;
      while (place < places.length - 1 && left >= nth(places, place).share) left -= nth(places, place++).share;
      this.places[number] = place;
    }
    return nth(places, nth(this.places, number));
  }

  private placeOf(device: Device, browser: Browser, number: number, day: number): Place {
    const place = this.choosePlace(device, number, day);
    const travels = nth(this.at, T.timezone) !== nth(this.at, T.home);
    if (!travels || place.network.kind === 'mobile' || place.network.kind === 'vpn') return place;
    return { network: this.population.networks.hotel(browser.device, nth(this.at, T.timezone)), share: place.share };
  }

  private sceneOf(day: number, session: number, isPrivate: boolean): Scene {
    const os = nth(osNames, nth(this.at, T.os));
    const look = nth(looks, nth(this.at, T.family));
    return {
      at: this.at,
      os,
      look,
      model: nth(deviceModels(os).values, nth(this.at, T.model)),
      version: nth(trainOfFamily(look.family), nth(this.at, T.version)).version,
      osVersion: nth(trainOfOs(os), nth(this.at, T.osVersion)).version,
      time: Math.round(day * DAY),
      private: isPrivate,
      session,
    };
  }

  /** A number for the session that a visit belongs to: a private window has one of its own. */
  private session(number: number, day: number, isPrivate: boolean): number {
    const fresh = this.random.below(2 ** 31 - 1);
    if (isPrivate) return fresh;
    if (this.sessions[number] === 0 || day - nth(this.visited, number) > BROWSER_SESSION) this.sessions[number] = fresh;
    return nth(this.sessions, number);
  }

  /** The browser whose storage is used in place of the visit's own. */
  private copiedFrom({ flood }: Browser, number: number, isPrivate: boolean): number | undefined {
    if (flood && this.random.chance(this.scenario.flood.copiedTokens)) return this.random.below(this.visited.length);
    return isPrivate ? undefined : this.copied.into(number);
  }

  private visit(number: number, day: number): SimulatedVisit {
    const browser = nth(this.population.browsers, number);
    const device = nth(this.population.devices, browser.device);
    this.advance(device, browser, day);
    const isPrivate = device.private > 0 && this.random.chance(device.private);
    const place = this.placeOf(device, browser, number, day);
    const scene = this.sceneOf(day, this.session(number, day, isPrivate), isPrivate);
    const { components, details } = componentsOf(scene);
    const own = this.tokens.visit(number, day, isPrivate, scene.look.family === 'Safari');
    const copiedFrom = this.copiedFrom(browser, number, isPrivate);
    const { network } = place;
    this.visited[number] = day;
    return {
      time: scene.time,
      device: browser.device,
      browser: number,
      os: scene.os,
      browserFamily: scene.look.family,
      fleet: device.fleet < 0 ? null : { size: nth(this.population.fleetSizes, device.fleet) },
      private: isPrivate,
      token: copiedFrom === undefined ? own : 'kept',
      tokenOf: copiedFrom ?? (own === 'kept' ? number : null),
      components,
      browserDetails: details,
      address: addressAt(network, browser.device, day, this.random),
      network: { asn: network.provider.asn, kind: network.kind },
      truth: {
        shown: shownTraits(scene, this.table),
        place: {
          network: network.id,
          kind: network.kind,
          renewalsPerDay: network.renewalsPerDay,
          pool: network.pool,
          share: place.share,
        },
        fleet: device.fleet,
      },
    };
  }
}

/**
 * All visits of a scenario in order of time, made as they are asked for. The same scenario and options give the same
 * visits on every machine. Memory grows with the number of visitors, not with that of visits.
 */
export function* simulate(scenario: Scenario, options: SimulationOptions): Generator<SimulatedVisit> {
  yield* new Simulation(scenario, createTraits(scenario), options).visits();
}
