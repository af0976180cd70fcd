import { type AttributeName, attributeNames } from './attributes.ts';
import { configurationOf, type Shown } from './frequencies.ts';
import { joinHashes } from './hash-text.ts';
import { earlierValues, lastShown, type Profile } from './profile.ts';

/**
 * What leads from a visit to visitors worth comparing, in the order in which they are followed: the narrow ones first, for together
 * the lines hold more than are compared. Every key holds the system and the
 * browser, which never change under one visitor, and none holds a version; each survives changes that break the others.
 * `whole`: begins with the whole configuration; `needs`: what must be shown for the key to say anything, where other parts may be
 * hidden, which is told as well. `number`: stored, never give one away again.
 */
const forms = {
  /** Survives any change of the device, as long as it is where it was. */
  address: { number: 2, parts: ['address'], needs: ['address'] },
  /** Of a crowd of one make, those that are alike in all else as well: the others would fill the line. Survives another address. */
  twins: {
    number: 8,
    whole: true,
    parts: ['network', 'timezone', 'languages', 'voices', 'preferences', 'zoom'],
    needs: ['platform', 'network'],
  },
  /** Found unless anything lasting changed. */
  configuration: { number: 1, whole: true, parts: [], needs: ['platform'] },
  /** Survives another language, screen and address. */
  installation: { number: 3, parts: ['gpu', 'gpuLimits', 'fonts', 'cores', 'timezone'], needs: ['gpu', 'fonts'] },
  /** Survives installed fonts and other software. */
  drawing: {
    number: 4,
    parts: ['canvas', 'screen', 'pixelRatio', 'timezone', 'language'],
    needs: ['canvas', 'screen'],
  },
  /** Survives a driver that names and draws otherwise. */
  machine: { number: 5, parts: ['screen', 'cores', 'memory', 'fonts', 'language'], needs: ['screen', 'fonts'] },
  /** Survives changes of fonts and drawing where the address changes within a network. */
  network: { number: 6, parts: ['network', 'gpu', 'screen', 'language'], needs: ['network', 'screen'] },
  /** Survives moves between networks on phones, whose fonts and screens are all alike. */
  habits: {
    number: 7,
    parts: ['device', 'screen', 'language', 'timezone', 'voices', 'fontPreferences', 'preferences'],
    needs: ['device', 'timezone'],
  },
} as const satisfies Record<
  string,
  { number: number; whole?: true; parts: readonly AttributeName[]; needs: readonly AttributeName[] }
>;

export type BlockingKeyName = keyof typeof forms;

export const blockingKeyNames = Object.keys(forms) as BlockingKeyName[];

const lowOf = (key: number): number => key % 0x1_0000_0000;
const highOf = (key: number): number => Math.floor(key / 0x1_0000_0000);

const keyOf = (portrait: Shown, name: BlockingKeyName): number | undefined => {
  const form = forms[name];
  const value = (attribute: AttributeName): number => portrait.values[attributeNames.indexOf(attribute)] ?? 0;
  if (form.needs.some((attribute) => value(attribute) === 0)) return undefined;
  const first = joinHashes(form.number, 'whole' in form ? configurationOf(portrait) : portrait.kindHash);
  return form.parts.reduce((key, attribute) => joinHashes(lowOf(key), highOf(key), value(attribute)), first);
};

/** The blocking keys of a visit, or of what a visitor showed last; those that too little is shown for are missing. */
export const keysOf = (portrait: Shown): { name: BlockingKeyName; key: number }[] =>
  blockingKeyNames.flatMap((name) => {
    const key = keyOf(portrait, name);
    return key === undefined ? [] : [{ name, key }];
  });

/** Earlier addresses at which a visitor is looked for. More were worth nothing measurable. */
const ADDRESSES = 3;

const addressAt = attributeNames.indexOf('address' satisfies AttributeName);

/**
 * Keys of the addresses where a visitor was before the last one, under which it is to be found as well: a phone that comes home
 * from its carrier's network shows nothing else that the crowd of its make does not show.
 */
export const earlierAddressKeys = (profile: Profile): number[] => {
  const shown = lastShown(profile);
  return earlierValues(profile, addressAt)
    .slice(0, ADDRESSES)
    .flatMap((address) => keyOf({ ...shown, values: shown.values.with(addressAt, address) }, 'address') ?? []);
};
