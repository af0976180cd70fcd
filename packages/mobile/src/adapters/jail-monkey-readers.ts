import type { MobileSection } from '@whorl/contract';
import type { ClientSettings } from '../client.ts';
import type { Readers } from '../readers.ts';
import { knownFlag, knownTexts } from './known-values.ts';
import { readFields } from './read-fields.ts';

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

/**
 * Checks that its message names, each with what it found: `,#checkPaths,[,/private/var/stash],#canFork`.
 *
 * @throws TypeError where the module answers something else than its types say: that is no device without a jailbreak
 */
const readMessage = async (monkey: JailMonkeyLike): Promise<ReadonlyMap<string, string[]>> => {
  const isBroken: unknown = await monkey.isJailBroken();
  const message: unknown = isBroken === true ? await monkey.jailBrokenMessage() : '';
  if (typeof isBroken !== 'boolean' || typeof message !== 'string') {
    throw new TypeError('jail-monkey answers in another form than was expected');
  }
  return new Map(
    [...message.matchAll(/#(\w+)(?:,\[([^\]]*)\])?/g)].map(([, name = '', found = '']) => [
      name,
      found.split(',').filter((each) => each !== ''),
    ]),
  );
};

/** What a check found, within the bounds of the wire. */
const foundBy = (found: ReadonlyMap<string, string[]>, check: string, most: number, length: number): string[] =>
  knownTexts(found.get(check), most, length) ?? [];

/** The message tells the first path and scheme that was found, and names no check that found nothing. */
const readJailbreak = async (monkey: JailMonkeyLike): Promise<MobileSection<'jailbreak'>> => {
  const found = await readMessage(monkey);
  return {
    paths: foundBy(found, 'checkPaths', 128, 256),
    urlSchemes: foundBy(found, 'checkSchemes', 64, 64),
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
        hook: async () => ({ dylibs: foundBy(await readMessage(monkey), 'checkDylibs', 64, 512) }),
      }
    : {
        root: () => readRoot(monkey),
        devMode: (report) =>
          readFields<MobileSection<'devMode'>>(
            {
              enabled: async () => knownFlag(await monkey.isDevelopmentSettingsMode()),
              adb: async () => knownFlag(await monkey.AdbEnabled()),
            },
            report,
          ),
      };
