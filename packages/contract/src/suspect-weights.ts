import Type, { type Static } from 'typebox';
import { closed } from './json.ts';

/**
 * Points that each factor of the suspect score adds where a workspace has chosen none: those that the vendor's customers know as
 * defaults, for browsers and for phones, and 0 for what they have none for.
 */
export const defaultWeights = {
  bot: 7,
  incognito: 4,
  privacySettings: 6,
  virtualMachine: 14,
  tampering: 8,
  antiDetectBrowser: 8,
  vpnTimezone: 3,
  publicVpn: 4,
  relay: 4,
  proxy: 14,
  tor: 14,
  emailSpam: 14,
  attackSource: 13,
  highActivity: 6,
  emulator: 9,
  clonedApp: 9,
  jailbroken: 10,
  frida: 14,
  developerTools: 0,
  replayed: 0,
  rareDevice: 0,
  rootApps: 0,
  locationSpoofing: 0,
  mitmAttack: 0,
};

/** What can raise the score, by name. */
export type SuspectFactor = keyof typeof defaultWeights;

/** Points that each factor adds. Whole numbers of 0 or more. */
export type SuspectWeights = Record<SuspectFactor, number>;

export const suspectFactors = Object.keys(defaultWeights) as SuspectFactor[];

/** Most points of one factor: all together stay far below what an event can hold. */
export const MOST_WEIGHT = 1_000;

const Weight = Type.Integer({ minimum: 0, maximum: MOST_WEIGHT });

const each = <S extends Type.TSchema>(schema: S) =>
  closed(Object.fromEntries(suspectFactors.map((name) => [name, Type.Optional(schema)])));

/** The points that a workspace has chosen itself; what is left out has its default, whichever that is. */
export const ChosenWeights = Type.Unsafe<Partial<SuspectWeights>>(each(Weight));
export type ChosenWeights = Static<typeof ChosenWeights>;

/** A change of them: null for the default, what is left out stays. */
export const WeightsChange = Type.Unsafe<Partial<Record<SuspectFactor, number | null>>>(
  each(Type.Union([Weight, Type.Null()])),
);
export type WeightsChange = Static<typeof WeightsChange>;

/** The points that count for a workspace. */
export const weightsOf = (chosen: ChosenWeights): SuspectWeights => ({ ...defaultWeights, ...chosen });

/** Chosen points with a change applied, each by itself, in the order of the factors. */
export const mergeWeights = (chosen: ChosenWeights, change: WeightsChange): ChosenWeights => {
  const merged: ChosenWeights = {};
  for (const name of suspectFactors) {
    const wanted = change[name] === undefined ? chosen[name] : change[name];
    if (wanted !== undefined && wanted !== null) merged[name] = wanted;
  }
  return merged;
};
