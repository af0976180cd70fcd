import type { ContextFacts } from '@whorl/contract';
import type { ConsoleProbes } from '../console-probes.ts';

/** What sources share on one page: nothing here is collected, it only saves doing slow things twice. */
export type Surroundings = {
  /** One WebGL context for all: making one is the slowest single call of the whole agent. */
  webGl: { webgl?: { context: WebGlContext | undefined } };
  /** What a frame said that one source had put there anyway. */
  frame: { facts?: ContextFacts | undefined };
  probes: ConsoleProbes;
  /** Address of the worker's script; undefined where no worker can be had without breaking the page's rules. */
  workerUrl: string | undefined;
};

export type WebGlContext = WebGLRenderingContext & { readonly canvas: HTMLCanvasElement };

/** A value that the browser was seen to randomise: it says what was read, not what the device is. */
export class Noised<T> {
  readonly value: T;
  constructor(value: T) {
    this.value = value;
  }
}

export type MaybePromise<T> = T | Promise<T>;

/** By shape, not by class: where a page replaces `Promise`, as zone.js does, async functions still give the native one. */
export const isPromise = <T>(value: MaybePromise<T>): value is Promise<T> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/**
 * Collects one attribute and never judges it. `undefined` says that the browser has no such thing; a throw or a
 * rejection becomes a failure with that error's name.
 */
export type Source<T> = {
  collect: (surroundings: Surroundings) => MaybePromise<T | Noised<T> | undefined>;
  /** Milliseconds until the failure `SourceTimeout` stands in for the value. Default {@link DEFAULT_DEADLINE}. */
  deadline?: number;
  /** What it says cannot change while the page lives, so it is collected once, from `load()` on. */
  once?: true;
};

/**
 * Longer than an answer waits: on a busy machine a source that is merely late still gets into the supplement, and only
 * one that hangs is a failure.
 */
export const DEFAULT_DEADLINE = 3_000;
