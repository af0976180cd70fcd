import { countries, countryOfZone, destinations, homeZones } from '../population/countries.ts';
import { deviceModels } from '../population/device-models.ts';
import { externalScreens } from '../population/external-screens.ts';
import * as habits from '../population/habits.ts';
import { fontPackages } from '../population/installed-fonts.ts';
import { firstLanguagesOf, languagesOf } from '../population/languages.ts';
import { looks, lookWeights } from '../population/looks.ts';
import { modelClasses } from '../population/model-views.ts';
import { nth, Weighted } from '../population/weighted.ts';
import type { Scenario } from '../scenario.ts';
import { type OsName, osNames } from '../visits/simulated-visit.ts';
import { journeys } from './journeys.ts';
import { commuting, fixed, flags, redrawn } from './kernels.ts';
import { accessibilityFlags, desktopOnly, osPaces, paces, settingFlags } from './rates.ts';
import { trainOfFamily, trainOfOs } from './releases.ts';
import { logOf, type Trait, type Traits } from './trait.ts';
import { T, type TraitName } from './trait-names.ts';
import { updating } from './updating.ts';

export type TraitTable = { readonly [Name in TraitName]: Trait };

const osOf = (at: Traits): OsName => nth(osNames, nth(at, T.os));
const always = new Weighted([1]);
const byOs = (table: { [Os in OsName]: Weighted }) => (at: Traits) => table[osOf(at)];

const viewOf = (at: Traits) => nth(looks, nth(at, T.family)).view;

/** A model is drawn in full, and told from others only as far as the browser shows it. Its screen is the next trait's. */
const model = fixed(
  (at) => deviceModels(osOf(at)).spread,
  { image: true },
  (at) => modelClasses(osOf(at), viewOf(at), 'chips').spread,
);

/** The model again, now with its built-in screen, which only shows while no other is in use. */
const panel: Trait = {
  ...fixed((at) => deviceModels(osOf(at)).spread, { image: true }),
  draw: (_, at) => nth(at, T.model),
  logTransition: (_, seen, to) => logOf(to === seen.last ? 1 : 0),
  logPopulation: (at, value) => {
    const whole = modelClasses(osOf(at), viewOf(at), 'all').spread.probability(value);
    const chips = modelClasses(osOf(at), viewOf(at), 'chips');
    return logOf(whole / chips.spread.probability(nth(chips.representative, value)));
  },
};

const isIos = (at: Traits) => osOf(at) === 'iOS';

const updates = updating({
  train: (at) => trainOfFamily(nth(looks, nth(at, T.family)).family),
  paces: (at) => (isIos(at) ? osPaces('iOS') : paces),
  pace: T.pace,
});

/** The browser's version. On iOS it is the system's, and moves at the system's pace. */
const version: Trait = {
  ...updates,
  draw: (random, at, time) => (isIos(at) ? nth(at, T.osVersion) : updates.draw(random, at, time)),
  step: (random, at, from, since, time) =>
    isIos(at) ? nth(at, T.osVersion) : updates.step(random, at, from, since, time),
};

const countryWeights = ({ countries: wanted }: Scenario): Weighted =>
  new Weighted(countries.map(({ code, share }) => (wanted === undefined || wanted.includes(code) ? share : 0)));

/** Every trait's process in a scenario. Rates are a day; their sources stand in README.md. */
export const createTraits = (scenario: Scenario): TraitTable => {
  const country = countryWeights(scenario);
  const homes = homeZones.map((weights) => new Weighted(weights));
  const homesOf = (at: Traits) => nth(homes, nth(at, T.country));
  const osSpread = new Weighted(osNames.map((os) => scenario.os[os]));
  const osPaceSpread = osNames.map((os) => new Weighted(osPaces(os).map(({ share }) => share)));
  const lookSpread = osNames.map((os) => new Weighted(lookWeights(os, scenario.noised)));
  const image = { image: true };
  const latent = { latent: true };
  const slow = (rate: number) => (at: Traits) => (nth(at, T.fleet) === 0 ? rate * scenario.drift : 0);
  const own = (rate: number) => () => rate * scenario.drift;
  const docks = new Weighted([0, ...externalScreens.shares]);
  const docked = 0.5;
  const dockSpread = new Weighted([1 - docked, ...externalScreens.shares.map((share) => share * docked)]);
  const paceSpread = new Weighted(paces.map(({ share }) => share));

  return {
    os: fixed(() => osSpread, image),
    country: fixed(() => country, { ...image, ...latent }),
    fleet: fixed(() => always, { ...image, ...latent }),
    model,
    panel,
    driver: redrawn(byOs(habits.drivers), slow(0.004), image),
    smoothing: redrawn(byOs(habits.smoothings), slow(0.0007), image),
    software: flags(
      fontPackages.map(({ share, turnover }) => ({
        share: (at) => share[osOf(at)] ?? 0,
        turnover: slow(turnover),
      })),
      image,
    ),
    dock: fixed((at) => (desktopOnly(osOf(at)) ? dockSpread : always), latent),
    screen: commuting({
      other: (at) => nth(at, T.dock),
      owners: (at) => (desktopOnly(osOf(at)) ? docked : 0),
      away: 0.4,
      turnover: 0.4 * scenario.drift,
      others: () => docks,
    }),
    accessibility: flags(accessibilityFlags(slow(0.0008)), image),
    textSize: redrawn(byOs(habits.textSizes), slow(0.0012), image),
    voices: redrawn(byOs(habits.voicePacks), slow(0.0015), image),
    media: redrawn(byOs(habits.mediaSets), own(0.01)),
    frame: redrawn(byOs(habits.frames), slow(0.002), image),
    region: redrawn(() => habits.regions, slow(0.0005), image),
    home: fixed(homesOf, { ...image, ...latent }),
    timezone: journeys({
      home: T.home,
      homes: homesOf,
      departures: 0.011 * scenario.drift,
      returns: 0.17,
      destinations: destinations.spread,
    }),
    osPace: fixed((at) => nth(osPaceSpread, nth(at, T.os)), { ...image, ...latent }),
    osVersion: updating({ train: (at) => trainOfOs(osOf(at)), paces: (at) => osPaces(osOf(at)), pace: T.osPace }),
    family: fixed((at) => nth(lookSpread, nth(at, T.os)), image),
    pace: fixed(() => paceSpread, { ...image, ...latent }),
    version,
    languages: redrawn(
      (at) => nth(languagesOf, nth(at, T.country)),
      slow(0.0004),
      image,
      (at) => nth(viewOf(at) === 'webkit' ? firstLanguagesOf : languagesOf, nth(at, T.country)),
    ),
    zoom: redrawn((at) => (desktopOnly(osOf(at)) ? habits.zooms : always), own(0.02)),
    window: redrawn((at) => (desktopOnly(osOf(at)) ? habits.windows : always), own(0.5)),
    blocker: redrawn(
      (at) => (viewOf(at) === 'webkit' || osOf(at) === 'Android' ? habits.blockers : always),
      slow(0.001),
      image,
    ),
    settings: flags(settingFlags(slow(0.001)), image),
  };
};

/** The country that a visit's zone speaks for, for judging what was shown without knowing where the device is at home. */
export const countryShown = (zone: number): number => countryOfZone[zone] ?? 0;
