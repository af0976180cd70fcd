import type { WireComponent } from '@whorl/contract';
import type { Reader, Readers } from './readers.ts';
import type { Runtime } from './runtime.ts';

/** What was read, by name, as it goes over the wire. */
export type Readings = Record<string, WireComponent>;

/** Characters of an error's name and message that the wire takes. */
const NAME = 64;
const MESSAGE = 256;

/** Milliseconds to a tenth. */
export const roundMs = (ms: number): number => Math.max(0, Math.round(ms * 10) / 10);

/** An error as the wire takes it. */
export const wireError = (error: unknown): [string, string] =>
  error instanceof Error
    ? [error.name.slice(0, NAME) || 'Error', error.message.slice(0, MESSAGE)]
    : ['Error', String(error).slice(0, MESSAGE)];

/** Reads one thing. Never rejects. */
export const readOne = async (read: Reader<unknown>, runtime: Runtime): Promise<WireComponent> => {
  const start = runtime.now();
  const since = () => roundMs(runtime.now() - start);
  try {
    const value = await read();
    return value === undefined ? { d: since() } : { v: value, d: since() };
  } catch (error) {
    return { e: wireError(error), d: since() };
  }
};

/**
 * Starts all readers at once. `done` resolves when the last has ended; until then, `readings` holds those that have. What is
 * not there when the observation is sent has `timedOut` in its place.
 */
export const collect = (readers: Readers, runtime: Runtime): { done: Promise<void>; readings: () => Readings } => {
  const start = runtime.now();
  const ended: Readings = {};
  const named = Object.entries(readers).flatMap(([name, read]): [string, Reader<unknown>][] =>
    read === undefined ? [] : [[name, read]],
  );
  const running = named.map(async ([name, read]) => {
    ended[name] = await readOne(read, runtime);
  });
  const timedOut = (): WireComponent => ({
    e: ['Timeout', 'the reading took too long'],
    d: roundMs(runtime.now() - start),
  });
  return {
    done: Promise.all(running).then(() => undefined),
    readings: () => Object.fromEntries(named.map(([name]) => [name, ended[name] ?? timedOut()])),
  };
};
