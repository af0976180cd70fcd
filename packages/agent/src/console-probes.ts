import type { SourceValue } from '@whorl/contract';
import { now, roundMs } from './clock.ts';
import { watchGestures } from './gesture-watch.ts';
import { measureTableRatio } from './table-ratio.ts';

/** Milliseconds between probes. */
const INTERVAL = 150;

/**
 * Milliseconds from the start after which silence is an answer. Measured in Chromium 156: developer tools that are open
 * at page load first format an error 1,150 to 1,320 ms after the script starts.
 */
const WATCH = 2_500;

/** Watches whether anything formats what the console is given. */
export type ConsoleProbes = {
  /** Whether the very first probe hit: something listened before the page's script had run. Undefined: not probed. */
  readonly hookedAtStart: boolean | undefined;
  /** Tells all that was seen since the start, after one more probe where there was nothing yet. */
  read(): SourceValue<'developerTools'>;
  /** Whether a further probe could still change the answer. */
  isSettled(): boolean;
  /** Resolves once settled. Never rejects. */
  readonly settled: Promise<void>;
};

const nativeText = Function.prototype.toString;

/** Wrappers of the console, such as error reporters, read the stack themselves and would count as a listener. */
const isPlainConsole = (): boolean => nativeText.call(console.debug).includes('[native code]');

/**
 * Gives the console an error to print while `Error.prepareStackTrace` watches: V8 calls it only when an inspector wants
 * the stack. Prints nothing that a console shows by default, and leaves the hook as it was.
 * https://v8.dev/docs/stack-trace-api
 */
const formatsErrors = (): boolean => {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  let hit = false;
  const watch = () => {
    hit = true;
    return '';
  };
  Object.defineProperty(Error, 'prepareStackTrace', { value: watch, configurable: true, writable: true });
  try {
    console.debug(new Error(''));
  } finally {
    if (before === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Object.defineProperty(Error, 'prepareStackTrace', before);
  }
  return hit;
};

/** Starts probing: at once, then every {@link INTERVAL} ms until a hit or until {@link WATCH} ms have passed. */
export const startConsoleProbes = (): ConsoleProbes => {
  const start = now();
  const gestures = watchGestures(WATCH);
  let hits = 0;
  let probes = 0;
  let last = start;
  let tableRatio: number | undefined;

  const probe = (): boolean => {
    gestures.look();
    last = now();
    if (!isPlainConsole()) return false;
    try {
      const hit = formatsErrors();
      probes += 1;
      if (hit) hits += 1;
      return hit;
    } catch {
      // Pages that freeze the language's own objects let nobody watch: such a probe counts as none.
      return false;
    }
  };
  const watched = () => now() - start >= WATCH;
  const isSettled = () => (hits > 0 && gestures.isSettled()) || watched();

  const first = probe();
  const settled = new Promise<void>((resolve) => {
    if (first && isSettled()) return resolve();
    const timer = setInterval(() => {
      // Where something listens, only gestures are still waited for.
      if (hits > 0) gestures.look();
      else probe();
      if (!isSettled()) return;
      clearInterval(timer);
      resolve();
    }, INTERVAL);
  });

  return {
    hookedAtStart: probes > 0 ? first : undefined,
    settled,
    isSettled,
    read: () => {
      if (hits === 0) probe();
      if (watched()) tableRatio ??= measureTableRatio();
      const gestureWithoutInput = gestures.read();
      return {
        stackTraceHits: hits,
        probes,
        elapsed: roundMs(last - start),
        ...(tableRatio === undefined ? {} : { tableRatio }),
        ...(gestureWithoutInput === undefined ? {} : { gestureWithoutInput }),
      };
    },
  };
};
