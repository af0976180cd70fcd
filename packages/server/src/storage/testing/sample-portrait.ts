import type { Components } from '@whorl/contract';
import { attributeNames, countNewcomer, firstProfile, type Portrait, portray, type Raise } from '@whorl/engine';
import { packProfile } from '../packed-words.ts';
import { scopedKey } from '../scoped-key.ts';
import type { Lesson } from '../store.ts';
import { NOON } from './sample-event.ts';

/** What a test says of a browser; the rest is a Firefox on Linux. */
export type BrowserTraits = { timezone?: string; cores?: number; fonts?: string[]; address?: string; version?: string };

/** A visit as visitors are compared by. */
export const samplePortrait = (traits: BrowserTraits = {}, time = NOON): Portrait => {
  const {
    timezone = 'Europe/Prague',
    cores = 8,
    fonts = ['Noto Sans'],
    address = '203.0.113.7',
    version = '141',
  } = traits;
  const components: Components = {
    platform: { value: 'Linux x86_64', duration: 1 },
    timezone: { value: timezone, duration: 1 },
    hardwareConcurrency: { value: cores, duration: 1 },
    fonts: { value: fonts, duration: 1 },
    screenResolution: { value: [1920, 1080], duration: 1 },
  };
  const browser = {
    browserName: 'Firefox',
    browserMajorVersion: version,
    browserFullVersion: `${version}.0`,
    os: 'Linux',
    osVersion: '',
    device: 'Other',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0',
  };
  return portray({ components, browser, address, network: '7922' }, time);
};

/** The identity scope of the lessons. */
export const SCOPE = 0x5c09e;

/** What a new visitor that shows this is counted for within {@link SCOPE}, as nobody showed any of it before. */
export const newcomerRaises = (portrait: Portrait, share = 1): Raise[] =>
  countNewcomer(() => 0, portrait, share).map(({ key, by }) => ({ key: scopedKey(SCOPE, key), by }));

/** A lesson to spread into a record; by default of a new visitor's visit at noon that leads nowhere. */
export const teaching = ({ portrait = samplePortrait(), ...lesson }: Partial<Lesson> = {}): { lesson: Lesson } => ({
  lesson: {
    features: { os: 'Linux' },
    portrait,
    brought: false,
    keys: [],
    deviceKey: null,
    scope: SCOPE,
    raises: newcomerRaises(portrait),
    ...lesson,
  },
});

/** As a visit lies in the profile of its visitor, and in what is kept of its counting: its values, which stay where they are as long as visits show the same. */
export const shownBytes = (portrait: Portrait): Buffer =>
  Buffer.from(packProfile(firstProfile(portrait))).subarray(0, attributeNames.length * 4);
