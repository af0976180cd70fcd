import { type AttributeName, attributeNames } from './attributes.ts';
import { configurationOf, type Shown } from './frequencies.ts';
import { joinHashes } from './hash-text.ts';
import { earlierValues, lastShown, type Profile } from './profile.ts';

/**
 * What leads from a visit to visitors worth comparing. Every key holds the system and the browser, which never change under
 * one visitor, and none holds a version; each survives changes that break the others. Stored: never renumber.
 */
export const blockingKeys = {
  /** The whole configuration: found unless anything changed. */
  configuration: null,
  /** Survives any change of the device, as long as it is where it was. */
  address: ['address'],
  /** Survives another language, screen and address. */
  installation: ['gpu', 'gpuLimits', 'fonts', 'cores', 'timezone'],
  /** Survives installed fonts and other software. */
  drawing: ['canvas', 'screen', 'pixelRatio', 'timezone', 'language'],
  /** Survives a driver that names and draws otherwise. */
  machine: ['screen', 'cores', 'memory', 'fonts', 'language'],
  /** Survives changes of fonts and drawing where the address changes within a network. */
  network: ['network', 'gpu', 'screen', 'language'],
  /** Survives moves between networks on phones, whose fonts and screens are all alike. */
  habits: ['device', 'screen', 'language', 'timezone', 'voices', 'fontPreferences', 'preferences'],
} as const satisfies Record<string, readonly AttributeName[] | null>;

export type BlockingKeyName = keyof typeof blockingKeys;

export const blockingKeyNames = Object.keys(blockingKeys) as BlockingKeyName[];

/** Attributes that must be shown for a key to say anything; of `habits` the others may be hidden, which is told as well. */
const NEEDED: Record<BlockingKeyName, readonly AttributeName[]> = {
  configuration: ['platform'],
  address: ['address'],
  installation: ['gpu', 'fonts'],
  drawing: ['canvas', 'screen'],
  machine: ['screen', 'fonts'],
  network: ['network', 'screen'],
  habits: ['device', 'timezone'],
};

const keyOf = (portrait: Shown, name: BlockingKeyName, place: number): number | undefined => {
  const value = (attribute: AttributeName): number => portrait.values[attributeNames.indexOf(attribute)] ?? 0;
  if (NEEDED[name].some((attribute) => value(attribute) === 0)) return undefined;
  const parts = blockingKeys[name];
  if (parts === null) return joinHashes(place + 1, configurationOf(portrait));
  return parts.reduce(
    (key, attribute) => joinHashes(key % 0x1_0000_0000, Math.floor(key / 0x1_0000_0000), value(attribute)),
    joinHashes(place + 1, portrait.kindHash),
  );
};

/** The blocking keys of a visit, or of what a visitor showed last; those that too little is shown for are missing. */
export const keysOf = (portrait: Shown): { name: BlockingKeyName; key: number }[] =>
  blockingKeyNames.flatMap((name, place) => {
    const key = keyOf(portrait, name, place);
    return key === undefined ? [] : [{ name, key }];
  });

/** Earlier addresses at which a visitor is looked for. More were worth nothing measurable. */
const ADDRESSES = 3;

const addressAt = attributeNames.indexOf('address' satisfies AttributeName);
const addressPlace = blockingKeyNames.indexOf('address');

/**
 * Keys of the addresses where a visitor was before the last one, under which it is to be found as well: a phone that comes home
 * from its carrier's network shows nothing else that the crowd of its make does not show.
 */
export const earlierAddressKeys = (profile: Profile): number[] => {
  const shown = lastShown(profile);
  return earlierValues(profile, addressAt)
    .slice(0, ADDRESSES)
    .flatMap(
      (address) => keyOf({ ...shown, values: shown.values.with(addressAt, address) }, 'address', addressPlace) ?? [],
    );
};
