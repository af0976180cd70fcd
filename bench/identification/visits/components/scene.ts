import type { Component, SourceName, SourceValue } from '@whorl/contract';
import type { Traits } from '../../drift/trait.ts';
import type { DeviceModel } from '../../population/device-model.ts';
import type { Look } from '../../population/looks.ts';
import type { OsName } from '../simulated-visit.ts';

/** One visit with its traits looked up. */
export type Scene = {
  at: Traits;
  os: OsName;
  look: Look;
  model: DeviceModel;
  /** Full versions of the browser and of the system. */
  version: string;
  osVersion: string;
  /** Unix milliseconds. */
  time: number;
  private: boolean;
  /** Seeds what the browser randomises: the same as long as one session lasts. */
  session: number;
};

/** How long a source took in the simulated browser; identification does not look at it. Milliseconds. */
const DURATION = 1;

export const shows = <T>(value: T): { value: T; duration: number } => ({ value, duration: DURATION });
export const noisy = <T>(value: T): { value: T; duration: number; noised: true } => ({
  value,
  duration: DURATION,
  noised: true,
});
/** A browser without such a thing. */
export const lacks: { absent: true; duration: number } = { absent: true, duration: DURATION };

/** The named sources, each with its own type. */
export type Part<N extends SourceName> = { [Name in N]: Component<SourceValue<Name>> };

/** 128 bits in hexadecimal out of a text, for values that are hashes in the agent too (FNV-1a from four offsets). */
export const digest = (text: string): string => {
  let hex = '';
  for (let part = 0; part < 4; part++) {
    let state = (0x811c9dc5 + part * 0x9e3779b9) | 0;
    for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
    hex += ((state ^ (state >>> 15)) >>> 0).toString(16).padStart(8, '0');
  }
  return hex;
};

/** A number in 0..1 out of a text. */
export const fraction = (text: string): number => Number.parseInt(digest(text).slice(0, 8), 16) / 0xffffffff;

/** Keeps what was made under a key, so that equal values are one object. */
export class Memo<K extends string | number, V> {
  private readonly made = new Map<K, V>();

  get(key: K, make: () => V): V {
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.made.set(key, value);
    return value;
  }
}

export const majorOf = (version: string): number => Number.parseInt(version, 10) || 0;
