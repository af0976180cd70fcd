import { existsSync } from 'node:fs';
import { chromiumFlags, findDisplay, isFound, packagedChromium, startProcessGroup } from '@whorl/testing';
import type { Client, Home, Stop } from './client.ts';

/** Where Debian and Fedora put WebKitGTK's own small browser; each is of one version of its interface. */
const MINI_BROWSERS = ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'].flatMap((version) => [
  `/usr/lib/x86_64-linux-gnu/${version}/MiniBrowser`,
  `/usr/lib/aarch64-linux-gnu/${version}/MiniBrowser`,
  `/usr/libexec/${version}/MiniBrowser`,
]);

const miniBrowser = (): string | undefined => MINI_BROWSERS.find((path) => existsSync(path));

const start = async (path: string, args: readonly string[], home: Home, env: Record<string, string>): Promise<Stop> => {
  const group = await startProcessGroup(path, args, { env: { ...process.env, ...env, ...home.env } });
  return () => group.stop();
};

const miniBrowserWith = (...args: string[]): Pick<Client, 'whyNot' | 'open'> => ({
  whyNot: async () => {
    const display = await findDisplay();
    if (!isFound(display)) return display.missing;
    return miniBrowser() === undefined ? 'no MiniBrowser: install libwebkit2gtk-4.1-0' : undefined;
  },
  open: (url, home) =>
    start(miniBrowser() ?? '', [...args, url], home, {
      // Its sandbox needs user namespaces, which containers and root do not give; pages cannot see the difference.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      // Without a session bus and a GPU it would wait for both.
      GSETTINGS_BACKEND: 'memory',
      NO_AT_BRIDGE: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
    }),
});

/** Engines and versions besides the machine's own two browsers. */
export const otherBrowsers = {
  webkitgtk: {
    about: 'WebKitGTK MiniBrowser: WebKit, but not Safari',
    is: [],
    either: ['virtualMachine'],
    ...miniBrowserWith(),
  },
  'webkitgtk-private': {
    about: 'WebKitGTK MiniBrowser, private',
    is: ['incognito'],
    either: ['virtualMachine'],
    ...miniBrowserWith('--private'),
  },
  'chromium-packaged': {
    about: 'another version of Chromium, headless, of the package @sparticuz/chromium, started by hand',
    is: ['botd'],
    either: ['virtualMachine'],
    whyNot: async () =>
      (await packagedChromium()) === undefined ? '@sparticuz/chromium does not start on this machine' : undefined,
    open: async (url, home) => {
      const found = await packagedChromium();
      if (found === undefined) throw new Error('@sparticuz/chromium does not start');
      const args = [...chromiumFlags(), ...found.args, '--headless', `--user-data-dir=${home.folder}/profile`];
      return start(found.path, [...args, '--remote-debugging-port=0', url], home, found.env);
    },
  },
} as const satisfies Record<string, Client>;
