import type { SourceValue } from '@whorl/contract';
import { majorOf, type Scene } from './scene.ts';

type Hints = SourceValue<'clientHints'>;

/** The Chromium that each of Samsung's releases is built on. */
const SAMSUNG = new Map([24, 25, 26, 27, 28, 29, 30, 31, 32].map((major, place) => [major, 117 + place * 4]));
/** Opera counts sixteen behind Chromium. */
const OPERA_LAG = 16;

/** The major version of the Chromium underneath. */
export const chromiumMajor = ({ look, version }: Pick<Scene, 'look' | 'version'>): number => {
  const major = majorOf(version);
  if (look.family === 'Samsung Internet') return SAMSUNG.get(major) ?? 117;
  return look.family === 'Opera' ? major + OPERA_LAG : major;
};

/** What follows Chromium's own name in the user agent. */
const suffixOf = ({ look: { family }, version, os }: Scene): string => {
  const major = majorOf(version);
  if (family === 'Edge') return os === 'Android' ? ` EdgA/${major}.0.0.0` : ` Edg/${major}.0.0.0`;
  return family === 'Opera' ? ` OPR/${major}.0.0.0` : '';
};

const CHROMIUM_SYSTEMS = {
  Windows: 'Windows NT 10.0; Win64; x64',
  Android: 'Linux; Android 10; K',
  macOS: 'Macintosh; Intel Mac OS X 10_15_7',
  Linux: 'X11; Linux x86_64',
  ChromeOS: 'X11; CrOS x86_64 14541.0.0',
  iOS: '',
} as const;

const chromiumAgent = (scene: Scene): string => {
  const mobile = scene.os === 'Android' ? ' Mobile' : '';
  const samsung = scene.look.family === 'Samsung Internet' ? `SamsungBrowser/${scene.version} ` : '';
  const chrome = `Chrome/${chromiumMajor(scene)}.0.0.0`;
  return `Mozilla/5.0 (${CHROMIUM_SYSTEMS[scene.os]}) AppleWebKit/537.36 (KHTML, like Gecko) ${samsung}${chrome}${mobile} Safari/537.36${suffixOf(scene)}`;
};

const geckoAgent = ({ os, osVersion, version }: Scene): string => {
  if (os === 'Android')
    return `Mozilla/5.0 (Android ${osVersion}; Mobile; rv:${version}) Gecko/${version} Firefox/${version}`;
  const systems = { Windows: 'Windows NT 10.0; Win64; x64', macOS: 'Macintosh; Intel Mac OS X 10.15' };
  const system = os === 'Windows' || os === 'macOS' ? systems[os] : 'X11; Linux x86_64';
  return `Mozilla/5.0 (${system}; rv:${version}) Gecko/20100101 Firefox/${version}`;
};

const webkitAgent = ({ os, version, model }: Scene): string => {
  const start = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
  if (os === 'macOS' || model.name === 'iPad') {
    return `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${start} Version/${version} Safari/605.1.15`;
  }
  // From 26 on the system's version stays what it was last: https://webkit.org/blog/17333/webkit-features-in-safari-26-0/
  const system = majorOf(version) >= 26 ? '18_7' : version.replace('.', '_');
  return `Mozilla/5.0 (iPhone; CPU iPhone OS ${system} like Mac OS X) ${start} Version/${version} Mobile/15E148 Safari/604.1`;
};

/** The user agent string, reduced as today's browsers do. */
export const userAgentOf = (scene: Scene): string => {
  const { view } = scene.look;
  if (view === 'webkit') return webkitAgent(scene);
  return view === 'gecko' || view === 'resisting' ? geckoAgent(scene) : chromiumAgent(scene);
};

const BRANDS = {
  Chrome: 'Google Chrome',
  Edge: 'Microsoft Edge',
  'Samsung Internet': 'Samsung Internet',
  Opera: 'Opera',
  Brave: 'Brave',
  Safari: '',
  Firefox: '',
} as const;

const PLATFORMS = {
  ChromeOS: 'Chrome OS',
  macOS: 'macOS',
  Windows: 'Windows',
  Android: 'Android',
  Linux: 'Linux',
  iOS: 'iOS',
};

/** The system's version as client hints give it. Linux gives none. */
const platformVersionOf = ({ os, osVersion }: Scene): string =>
  os === 'Linux'
    ? ''
    : os === 'Android' || os === 'macOS'
      ? `${osVersion}${osVersion.includes('.') ? '.0' : '.0.0'}`
      : osVersion;

/** Client hints, or undefined where the engine has none. */
export const hintsOf = (scene: Scene): Hints | undefined => {
  const { look, os, version, model } = scene;
  if (look.view === 'webkit' || look.view === 'gecko' || look.view === 'resisting') return undefined;
  const chromium = String(chromiumMajor(scene));
  const list = (own: string, base: string) => [
    { brand: 'Not:A-Brand', version: own === version ? '8.0.0.0' : '8' },
    { brand: 'Chromium', version: base },
    { brand: BRANDS[look.family], version: own },
  ];
  return {
    brands: list(String(majorOf(version)), chromium),
    fullVersionList: list(version, `${chromium}.0.7000.60`),
    mobile: os === 'Android',
    platform: PLATFORMS[os],
    platformVersion: platformVersionOf(scene),
    architecture: os === 'Android' ? '' : model.architecture === 127 ? 'arm' : 'x86',
    bitness: os === 'Android' ? '' : '64',
    model: model.name,
    wow64: false,
    formFactors: [os === 'Android' ? 'Mobile' : 'Desktop'],
  };
};

/** `navigator.platform`. */
export const platformOf = ({ os, look, model }: Scene): string => {
  if (os === 'Windows') return 'Win32';
  if (os === 'iOS') return model.name;
  if (os === 'macOS') return 'MacIntel';
  return os === 'Android' ? (look.view === 'gecko' ? 'Linux aarch64' : 'Linux armv81') : 'Linux x86_64';
};
