import { FIRST_DAY } from '../drift/releases.ts';
import type { Trait, Traits } from '../drift/trait.ts';
import { ALL_TRAITS, DEVICE_TRAITS, T, traitNames } from '../drift/trait-names.ts';
import type { TraitTable } from '../drift/traits.ts';
import type { Scenario } from '../scenario.ts';
import type { Network } from '../visits/network.ts';
import { osNames, type SimulationOptions } from '../visits/simulated-visit.ts';
import { isPhone } from './device-model.ts';
import { Networks } from './networks.ts';
import { Random } from './random.ts';
import { nth, Weighted } from './weighted.ts';

/** A network that a device uses, and for which share of its visits. */
export type Place = { network: Network; share: number };

/** A device: its traits with those of its first browser, the networks it uses, and its owner's habits. */
export type Device = {
  traits: Traits;
  /** The day that its traits are of. */
  since: number;
  places: readonly Place[];
  fleet: number;
  /** The share of its visits made in private windows. */
  private: number;
};

/** A browser on a device. Only its own traits count; those of the device are the device's. */
export type Browser = { device: number; traits: Traits; since: number; flood: boolean };

export type Population = { devices: Device[]; browsers: Browser[]; fleetSizes: number[]; networks: Networks };

/** Devices of one household that come to the same site. */
const HOUSEHOLD = new Weighted([0.74, 0.17, 0.06, 0.03]);
const SECOND_BROWSER = 0.07;
const WORKPLACE = { people: 0.2, visits: 0.35 };
const FLEET_AT_HOME = { devices: 0.35, visits: 0.3 };
const VPN_VISITS = 0.7;
/** How much of a phone's visits comes through the carrier. */
const MOBILE_SHARES = { shares: [0.1, 0.4, 0.75], spread: new Weighted([0.4, 0.35, 0.25]) };
const FLOOD_SIZE = 120;

/** Draws all devices and browsers of a simulation. */
export class PopulationBuilder {
  private readonly scenario: Scenario;
  private readonly table: readonly Trait[];
  private readonly random: Random;
  private readonly result: Population;
  private readonly wanted: number;

  constructor(scenario: Scenario, traits: TraitTable, { visitors, seed }: SimulationOptions) {
    this.scenario = scenario;
    this.table = traitNames.map((name) => traits[name]);
    this.random = new Random(seed, `population/${scenario.name}`);
    this.wanted = visitors;
    const networks = new Networks(new Random(seed, 'networks'), visitors);
    this.result = { devices: [], browsers: [], fleetSizes: [], networks };
  }

  build(): Population {
    const { share, smallest } = this.scenario.fleets;
    const clones = Math.round(this.wanted * this.scenario.os.Windows * share);
    for (let left = clones; left >= Math.min(smallest, clones) && left > 0; ) left -= this.fleet(left);
    const floods = Math.round(this.wanted * this.scenario.flood.share);
    for (let left = floods; left > 0; left -= FLOOD_SIZE) this.flood(Math.min(left, FLOOD_SIZE));
    while (this.result.browsers.length < this.wanted) this.household();
    return this.result;
  }

  /** Draws traits from a place on, after those already there. */
  private drawTraits(traits: Traits, from: number, keeps: (trait: Trait) => boolean = () => false): Traits {
    for (let place = from; place < ALL_TRAITS; place++) {
      const trait = nth(this.table, place);
      if (!keeps(trait)) traits[place] = trait.draw(this.random, traits, FIRST_DAY);
    }
    return traits;
  }

  private add(traits: Traits, places: readonly Place[], fleet = -1, flood = false): void {
    const { people, visits } = this.scenario.privateWindows;
    const device = this.result.devices.length;
    const isPrivate = this.random.chance(people) ? visits : 0;
    this.result.devices.push({ traits, since: FIRST_DAY, places, fleet, private: isPrivate });
    this.result.browsers.push({ device, traits: traits.slice(DEVICE_TRAITS), since: FIRST_DAY, flood });
    const phone = isPhone({ os: nth(osNames, nth(traits, T.os)) });
    if (fleet >= 0 || flood || phone || !this.random.chance(SECOND_BROWSER)) return;
    const second = this.drawTraits(traits.slice(), DEVICE_TRAITS);
    if (second[T.family] === traits[T.family]) return;
    this.result.browsers.push({ device, traits: second.slice(DEVICE_TRAITS), since: FIRST_DAY, flood });
  }

  private household(): void {
    const first = this.drawTraits(new Int32Array(ALL_TRAITS), 0);
    const line = this.result.networks.line(nth(first, T.country));
    this.add(first, this.placesOf(first, line));
    for (let more = HOUSEHOLD.draw(this.random); more > 0; more--) {
      const next = first.slice();
      next[T.os] = nth(this.table, T.os).draw(this.random, next, FIRST_DAY);
      const together = new Set([T.os, T.country, T.home]);
      for (let place = 0; place < ALL_TRAITS; place++) {
        if (!together.has(place)) next[place] = nth(this.table, place).draw(this.random, next, FIRST_DAY);
      }
      // Who lives together mostly speaks the same languages.
      if (this.random.chance(0.8)) next[T.languages] = nth(first, T.languages);
      this.add(next, this.placesOf(next, line));
    }
  }

  private placesOf(traits: Traits, line: Network): Place[] {
    const country = nth(traits, T.country);
    const { networks } = this.result;
    const phone = isPhone({ os: nth(osNames, nth(traits, T.os)) });
    const mobile = phone ? nth(MOBILE_SHARES.shares, MOBILE_SHARES.spread.draw(this.random)) : 0;
    const office = this.random.chance(WORKPLACE.people) ? WORKPLACE.visits : 0;
    const places = [{ network: line, share: (1 - mobile) * (1 - office) }];
    if (mobile > 0) places.push({ network: networks.carrier(country), share: mobile });
    if (office > 0) places.push({ network: networks.workplace(country), share: (1 - mobile) * office });
    if (!this.random.chance(this.scenario.vpn)) return places;
    const rest = places.map(({ network, share }) => ({ network, share: share * (1 - VPN_VISITS) }));
    return [...rest, { network: networks.vpn(), share: VPN_VISITS }];
  }

  /** Clones of one image behind one office; some are laptops that go home. Returns how many. */
  private fleet(left: number): number {
    const { smallest, largest } = this.scenario.fleets;
    const sizes = smallest * (Math.max(smallest, largest) / smallest) ** this.random.next();
    // A few fleets must not be the whole world of a small simulation.
    const size = Math.min(left, Math.max(smallest, Math.min(Math.round(sizes), Math.ceil(this.wanted / 25))));
    const fleet = this.result.fleetSizes.push(size) - 1;
    const image = new Int32Array(ALL_TRAITS);
    image[T.os] = osNames.indexOf('Windows');
    for (let place = 1; place < ALL_TRAITS; place++) {
      image[place] = nth(this.table, place).draw(this.random, image, FIRST_DAY);
    }
    image[T.fleet] = fleet + 1;
    const country = nth(image, T.country);
    const network = this.result.networks.office(country);
    for (let clone = 0; clone < size; clone++) {
      const traits = this.drawTraits(image.slice(), 0, (trait) => trait.image);
      const roams = this.random.chance(FLEET_AT_HOME.devices) ? FLEET_AT_HOME.visits : 0;
      const places = [{ network, share: 1 - roams }];
      if (roams > 0) places.push({ network: this.result.networks.line(country), share: roams });
      this.add(traits, places, fleet);
    }
    return size;
  }

  /** Profiles that one machine makes, each pretending to be another, behind one address. */
  private flood(size: number): void {
    const traits = this.drawTraits(new Int32Array(ALL_TRAITS), 0);
    const network = this.result.networks.office(nth(traits, T.country));
    for (let profile = 0; profile < size; profile++) {
      this.add(this.drawTraits(new Int32Array(ALL_TRAITS), 0), [{ network, share: 1 }], -1, true);
    }
  }
}
