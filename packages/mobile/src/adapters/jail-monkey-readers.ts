import type { MobileSection } from '@whorl/contract';
import type { ClientSettings } from '../client.ts';
import type { Readers } from '../readers.ts';

/** Results of its checks, by library. */
type RootMethods = { readonly rootBeer?: unknown };

/** What is used of `jail-monkey`. Version 2 has the results as an object, version 3 by a function that its types lack. */
export type JailMonkeyLike = {
  isJailBroken(): boolean;
  jailBrokenMessage(): string;
  AdbEnabled(): boolean;
  isDevelopmentSettingsMode(): Promise<boolean>;
  rootedDetectionMethods?: (() => RootMethods) | undefined;
  androidRootedDetectionMethods?: RootMethods | undefined;
};

const CHECK_NAME = /^[a-z][A-Za-z0-9]{0,63}$/;

/** The result of each check of RootBeer; undefined where the module does not tell them. */
const readRoot = (monkey: JailMonkeyLike): MobileSection<'root'> | undefined => {
  const { rootBeer } = monkey.rootedDetectionMethods?.() ?? monkey.androidRootedDetectionMethods ?? {};
  if (typeof rootBeer !== 'object' || rootBeer === null) return undefined;
  const entries = Object.entries(rootBeer).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === 'boolean' && CHECK_NAME.test(entry[0]),
  );
  return entries.length === 0 ? undefined : { checks: Object.fromEntries(entries.slice(0, 32)) };
};

/** Checks that its message names, each with what it found: `,#checkPaths,[,/private/var/stash],#canFork`. */
const readMessage = (monkey: JailMonkeyLike): ReadonlyMap<string, string[]> => {
  const message = monkey.isJailBroken() ? monkey.jailBrokenMessage() : '';
  return new Map(
    [...message.matchAll(/#(\w+)(?:,\[([^\]]*)\])?/g)].map(([, name = '', found = '']) => [
      name,
      found.split(',').filter((each) => each !== ''),
    ]),
  );
};

/** The message tells the first path and scheme that was found, and names no check that found nothing. */
const readJailbreak = (monkey: JailMonkeyLike): MobileSection<'jailbreak'> => {
  const found = readMessage(monkey);
  return {
    paths: found.get('checkPaths') ?? [],
    urlSchemes: found.get('checkSchemes') ?? [],
    sandboxWrite: found.has('canViolateSandbox'),
    fork: found.has('canFork'),
  };
};

/**
 * Reads traces of root or a jailbreak and the settings for developers by `jail-monkey`. Its verdicts are left alone where
 * they mix what the server keeps apart: `hookDetected` speaks of apps for root as well as of Frida, `canMockLocation` of a
 * jailbreak as well as of a place. NOT YET RUN ON DEVICES.
 */
export const jailMonkeyReaders = (monkey: JailMonkeyLike, platform: ClientSettings['platform']): Readers =>
  platform === 'ios'
    ? {
        jailbreak: () => readJailbreak(monkey),
        hook: () => ({ dylibs: readMessage(monkey).get('checkDylibs') ?? [] }),
      }
    : {
        root: () => readRoot(monkey),
        devMode: async () => ({ enabled: await monkey.isDevelopmentSettingsMode(), adb: monkey.AdbEnabled() }),
      };
