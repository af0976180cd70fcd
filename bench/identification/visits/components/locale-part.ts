import type { Component, SourceValue } from '@whorl/contract';
import { FIRST_DAY } from '../../drift/releases.ts';
import { T } from '../../drift/trait-names.ts';
import { zoneNames } from '../../population/countries.ts';
import { languageLists } from '../../population/languages.ts';
import { nth } from '../../population/weighted.ts';
import { engineOf } from './engine-part.ts';
import { digest, lacks, Memo, type Part, type Scene, shows } from './scene.ts';

const DAY_MS = 86_400_000;
const JANUARY = Date.UTC(2026, 0, 15);
const JULY = Date.UTC(2026, 6, 15);

/** Where resistFingerprinting claims to be. */
const REYKJAVIK = 'Atlantic/Reykjavik';
/** And what it claims to speak. */
const RESISTED = ['en-US', 'en'];

const formats = new Memo<string, Intl.DateTimeFormat>();

/** `Date.prototype.getTimezoneOffset` in a zone at a time: minutes that UTC is ahead. */
const offsetIn = (zone: string, time: number): number => {
  const format = formats.get(
    zone,
    () => new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }),
  );
  const parts = format.formatToParts(time);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  const offset = Number(hours) * 60 + Number(minutes);
  return offset === 0 ? 0 : sign === '+' ? -offset : offset;
};

type Zone = Part<'timezone' | 'timezoneOffset'>;

const zones = new Memo<number, Zone>();

/** The zone, and what it makes of UTC on a day. */
export const zoneShown = ({ at, look, time }: Scene): Zone => {
  const place = look.view === 'resisting' ? zoneNames.length : nth(at, T.timezone);
  const day = Math.floor(time / DAY_MS);
  const zone = zoneNames[place] ?? REYKJAVIK;
  return zones.get((day - FIRST_DAY) * 4096 + place, () => ({
    timezone: shows(zone),
    timezoneOffset: shows({
      now: offsetIn(zone, day * DAY_MS + DAY_MS / 2),
      january: offsetIn(zone, JANUARY),
      july: offsetIn(zone, JULY),
    }),
  }));
};

const REGIONS = ['', 'GB', 'CA', 'AU', 'DE', 'IN', 'MX', 'FR', 'ES', 'SE', 'IE', 'NZ', 'ZA'];

type Languages = Part<'languages' | 'dateTimeLocale'>;

const languages = new Memo<string, Languages>();

/** Languages as far as the engine tells them, and the locale. */
export const languagesShown = (scene: Scene): Languages => {
  const { at, look } = scene;
  const engine = engineOf(scene);
  const resisting = look.view === 'resisting';
  const place = resisting ? -1 : nth(at, T.languages);
  const region = resisting ? 0 : nth(at, T.region);
  return languages.get(`${engine}/${place}/${region}`, () => {
    const list = resisting ? RESISTED : nth(languageLists, place);
    const first = nth(list, 0);
    // Safari tells the first alone; of Chromium's list the agent keeps what private windows keep.
    const told = engine === 'chromium' ? [[first]] : engine === 'webkit' ? [[first], [first]] : [[first], [...list]];
    return {
      languages: shows(told),
      dateTimeLocale: shows(region === 0 ? first : `${first.split('-')[0]}-${nth(REGIONS, region)}`),
    };
  });
};

/** Layouts of keyboards by language, as their first six letters; the rest is QWERTY. */
const LAYOUTS: { readonly [language: string]: string } = {
  de: 'qwertz',
  fr: 'azerty',
  ru: 'йцукен',
  uk: 'йцукен',
  el: ';ςερτυ',
};

type Keyboard = Component<SourceValue<'keyboardLayout'>>;

const keyboards = new Memo<string, Keyboard>();

/** The layout of keys, which desktop Chromium tells. */
export const keyboardShown = (scene: Scene): Keyboard => {
  if (engineOf(scene) !== 'chromium' || scene.os === 'Android') return lacks;
  const [first = 'en'] = nth(languageLists, nth(scene.at, T.languages));
  return keyboards.get(`${first}/${scene.os}`, () => {
    const sample = LAYOUTS[first.slice(0, 2)] ?? 'qwerty';
    return shows({ size: 48, hash: digest(`keys/${first}/${scene.os}`), sample });
  });
};

/** All the languages that a worker tells; Chromium's private windows keep the first alone. */
export const workerLanguages = (scene: Scene): string[] => {
  if (scene.look.view === 'resisting') return RESISTED;
  const list = nth(languageLists, nth(scene.at, T.languages));
  const shortened = engineOf(scene) === 'webkit' || (engineOf(scene) === 'chromium' && scene.private);
  return shortened ? list.slice(0, 1) : list;
};
