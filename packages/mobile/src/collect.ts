import type { WireComponent } from '@whorl/contract';
import type { Reader, Readers, Report } from './readers.ts';
import type { Runtime } from './runtime.ts';

/** What was read, by name, as it goes over the wire. */
export type Readings = Record<string, WireComponent>;

/** Characters of an error's name and message that the wire takes. */
const NAME = 64;
const MESSAGE = 256;

/** Milliseconds to a tenth. */
export const roundMs = (ms: number): number => Math.max(0, Math.round(ms * 10) / 10);

/** Anything as text. What is thrown may be no `Error`, and may refuse to become text. */
const textOf = (value: unknown): string => {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
};

/** An error as the wire takes it. */
export const wireError = (error: unknown): [string, string] =>
  error instanceof Error
    ? [textOf(error.name).slice(0, NAME) || 'Error', textOf(error.message).slice(0, MESSAGE)]
    : ['Error', textOf(error).slice(0, MESSAGE)];

/** A value as JSON holds it, so that one that it cannot hold spoils its own reading and not the whole observation. */
const asJson = (value: unknown): unknown => {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
};

/** Reads one thing. Never rejects. `report` is told what is known before it ends. */
export const readOne = async (
  read: Reader<unknown>,
  runtime: Runtime,
  report?: Report<WireComponent>,
): Promise<WireComponent> => {
  const start = runtime.now();
  const since = () => roundMs(runtime.now() - start);
  const tell: Report<unknown> = (soFar) => {
    try {
      report?.({ v: asJson(soFar), d: since() });
    } catch {
      // What JSON cannot hold is told again when the reading ends, and is its error then.
    }
  };
  try {
    const value = asJson(await read(tell));
    return value === undefined ? { d: since() } : { v: value, d: since() };
  } catch (error) {
    return { e: wireError(error), d: since() };
  }
};

/**
 * Starts all readers at once. `done` resolves when the last has ended; until then, `readings` holds those that have. What is
 * not there when the observation is sent has what it told so far in its place, or an error that it took too long.
 */
export const collect = (readers: Readers, runtime: Runtime): { done: Promise<void>; readings: () => Readings } => {
  const start = runtime.now();
  const ended: Readings = {};
  const soFar: Readings = {};
  const named = Object.entries(readers).flatMap(([name, read]): [string, Reader<unknown>][] =>
    read === undefined ? [] : [[name, read]],
  );
  const running = named.map(async ([name, read]) => {
    ended[name] = await readOne(read, runtime, (known) => {
      soFar[name] = known;
    });
  });
  const timedOut = (): WireComponent => ({
    e: ['Timeout', 'the reading took too long'],
    d: roundMs(runtime.now() - start),
  });
  return {
    done: Promise.all(running).then(() => undefined),
    readings: () => Object.fromEntries(named.map(([name]) => [name, ended[name] ?? soFar[name] ?? timedOut()])),
  };
};
