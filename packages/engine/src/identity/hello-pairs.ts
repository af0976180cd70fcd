import type { CountOf, Raise } from './frequencies.ts';
import { joinHashes } from './hash-text.ts';
import type { Portrait } from './portrait.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const HELLO = 19;

/** The visitors of all kinds together, and the place of a sum over all hellos: no hash is 0. */
const ALL = 0;

/** As much of a visit as is asked. */
type Greeting = Pick<Portrait, 'kindHash' | 'browserVersion' | 'hello'>;

/** How a visit's TLS hello is met among other visitors whose hello was read. Sums are aged. */
export type HelloPair = {
  /** Visitors of the same system, browser and major version with the hello, and with any. */
  seen: number;
  among: number;
  /** Of the `among`, those that would have it if a browser had nothing to do with its hello. */
  expected: number;
};

const browserOf = ({ kindHash, browserVersion }: Greeting): number => joinHashes(kindHash, browserVersion) >>> 0 || 1;

const keysOf = (greeting: Greeting, hello: number) => {
  const browser = browserOf(greeting);
  return {
    seen: joinHashes(HELLO, browser, hello),
    among: joinHashes(HELLO, browser, ALL),
    anywhere: joinHashes(HELLO, ALL, hello),
    all: joinHashes(HELLO, ALL, ALL),
  };
};

/** Keys that {@link readHello} asks for; none where no hello was read, so that servers that read none ask for no more. */
export const helloKeys = (greeting: Greeting): number[] => {
  const { hello } = greeting;
  return hello === undefined ? [] : Object.values(keysOf(greeting, hello));
};

/** What to count for a visitor that is new with a chance of `share`, 0..1. A browser counts with the version that it came with. */
export const countHello = (greeting: Greeting, share: number): Raise[] =>
  helloKeys(greeting).map((key) => ({ key, by: share }));

/**
 * How common a new visitor's hello is beside its browser. `own`: the weight with which the visitor was counted itself, 0..1;
 * 0 for a new one. Undefined where no hello was read, and for visitors who were counted: with which version is not known, so
 * that they could be taken for the others, or others for them.
 */
export const readHello = (countOf: CountOf, greeting: Greeting, own: number): HelloPair | undefined => {
  const { hello } = greeting;
  if (hello === undefined || own > 0) return undefined;
  const keys = keysOf(greeting, hello);
  const [seen, among, anywhere, all] = [keys.seen, keys.among, keys.anywhere, keys.all].map(countOf) as [
    number,
    number,
    number,
    number,
  ];
  return { seen, among, expected: all > 0 ? (among * anywhere) / all : 0 };
};
