/**
 * All traits in the order in which they are drawn, parents first. Those up to `osVersion` are the device's, the rest the
 * browser's. The latent ones are never shown.
 */
export const traitNames = [
  'os',
  'country',
  'fleet',
  'model',
  'panel',
  'driver',
  'smoothing',
  'software',
  'dock',
  'screen',
  'accessibility',
  'textSize',
  'voices',
  'media',
  'frame',
  'region',
  'home',
  'timezone',
  'osPace',
  'osVersion',
  'family',
  'pace',
  'version',
  'languages',
  'zoom',
  'window',
  'blocker',
  'settings',
] as const;
export type TraitName = (typeof traitNames)[number];

type Places = { readonly [Name in TraitName]: number };

/** The place of each trait. */
export const T = Object.fromEntries(traitNames.map((name, place) => [name, place])) as Places;

/** How many traits belong to the device, and how many there are. */
export const DEVICE_TRAITS = T.family;
export const ALL_TRAITS = traitNames.length;
