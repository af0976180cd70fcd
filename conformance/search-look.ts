import { BlockList } from 'node:net';
import type { Event } from '@whorl/contract';

/** What a parameter is given as: one text, or several by repeating its name. */
export type Asked = string | readonly string[];

/**
 * What one parameter of a search looks at, by the API's documentation alone: nothing here knows how the server searches.
 * `S` is what an event shows of it.
 */
export type Look<A, S = unknown> = {
  /** What the answer shows; undefined where it leaves that out. Such an event is never found by this parameter. */
  read(answer: A, event: Event): S | undefined;
  /** A value to ask for that has to do with what some event shows; `variant` is any whole number from 0. */
  ask(shown: S, variant: number): Asked;
  /** A test of what events show, made once for a search. */
  test(asked: Asked): (shown: S) => boolean;
};

/** A table has looks at values of every type; each is only ever handed what it has read or asked itself. */
export type Looks<A> = Readonly<Record<string, Look<A>>>;

const erased = <A, S>(look: Look<A, S>): Look<A> => look as unknown as Look<A>;

type Read<A, S> = Look<A, S>['read'];

/** The whole text, number or truth value. */
export const same = <A>(read: Read<A, string | number | boolean>): Look<A> =>
  erased<A, string>({
    read: (answer, event) => {
      const shown = read(answer, event);
      return shown === undefined ? undefined : String(shown);
    },
    ask: (shown) => shown,
    test: (asked) => (shown) => shown === asked,
  });

/** True or false: the other of what an event shows is asked for as well. */
export const verdict = <A>(read: Read<A, boolean>): Look<A> =>
  erased({
    read,
    ask: (shown, variant) => String(shown === variant % 4 > 0),
    test: (asked) => {
      const wanted = asked === 'true';
      return (shown) => shown === wanted;
    },
  });

/** Any of several values, of which the last may fit nothing. */
export const anyOf = <A>(read: Read<A, string>, others: readonly string[]): Look<A> =>
  erased({
    read,
    ask: (shown, variant) => [shown, ...others.filter((_, at) => (variant >> at) % 2 === 1)],
    test: (asked) => (shown) => asked.includes(shown),
  });

/** This number or more. */
export const atLeast = <A>(read: Read<A, number>): Look<A> =>
  erased({
    read,
    ask: (shown, variant) => String(shown + ([0, 0.5, -0.5, 1][variant % 4] ?? 0)),
    test: (asked) => {
      const least = Number(asked);
      return (shown) => shown >= least;
    },
  });

/** In the words of the API: `all` bots, `good` or `bad` ones, or `none`. */
export const bots = <A>(read: Read<A, 'good' | 'bad' | 'none'>): Look<A> =>
  erased({
    read,
    ask: (shown, variant) => (shown !== 'none' && variant % 2 === 0 ? 'all' : shown),
    test: (asked) => (shown) => shown === asked || (asked === 'all' && shown !== 'none'),
  });

const familyOf = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4');

/** An address in a network. Bits of the host are left set; where `alone`, an address may stand without its prefix. */
export const within = <A>(read: Read<A, string>, { alone }: { alone: boolean }): Look<A> =>
  erased({
    read,
    ask: (shown, variant) => {
      if (alone && variant % 5 === 0) return shown;
      const prefixes = shown.includes(':') ? [128, 126, 64, 48, 32] : [32, 30, 24, 23, 17];
      return `${shown}/${prefixes[variant % prefixes.length]}`;
    },
    test: (asked) => {
      const [address = '', prefix] = String(asked).split('/');
      const family = familyOf(address);
      const list = new BlockList();
      list.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
      const known = new Map<string, boolean>();
      return (shown) => {
        const isIn = known.get(shown) ?? (familyOf(shown) === family && list.check(shown, family));
        known.set(shown, isIn);
        return isIn;
      };
    },
  });
