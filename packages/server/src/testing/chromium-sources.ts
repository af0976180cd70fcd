import { createHash } from 'node:crypto';
import type { SourceName, SourceValue, WireComponent } from '@whorl/contract';

type Values = { [N in SourceName]?: SourceValue<N> };

/** The user agent of {@link chromiumSources}, in the header as well as in the page. */
export const chromiumUserAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

/** What a plain desktop Chromium shows. */
const plain: Values = {
  fonts: ['Liberation Sans', 'Noto Sans'],
  audio: 124.04347527516074,
  canvas: { winding: true, geometry: '4dce9d6017c3e0c052a77252f29f2b1c', text: 'dd2474a56ff78c1de3e7a07070ba3b7d' },
  languages: [['de-DE']],
  colorDepth: 24,
  deviceMemory: 8,
  screenResolution: [1920, 1080],
  hardwareConcurrency: 8,
  timezone: 'Europe/Berlin',
  platform: 'Linux x86_64',
  touchSupport: { maxTouchPoints: 0, touchEvent: false, touchStart: false },
  vendor: 'Google Inc.',
  colorGamut: 'srgb',
  architecture: 255,
  dateTimeLocale: 'de-DE',
  webGlBasics: {
    version: 'WebGL 1.0',
    vendor: 'WebKit',
    vendorUnmasked: 'Google Inc. (Intel)',
    renderer: 'WebKit WebGL',
    rendererUnmasked: 'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
    shadingLanguageVersion: 'WebGL GLSL ES 1.0',
  },
  userAgent: chromiumUserAgent,
};

/** The sources of a plain desktop Chromium as they go over the wire, with some values changed. */
export const chromiumSources = (change: Values = {}): Record<string, WireComponent> =>
  Object.fromEntries(Object.entries({ ...plain, ...change }).map(([name, v]) => [name, { v, d: 0.5 }]));

const pick = <T>(from: readonly T[], by: number): T => from[by % from.length] as T;

/**
 * The sources of another machine, as different as two computers of a neighbourhood are: drawn and equipped by its name, so that the
 * same name gives the same machine.
 */
export const machineSources = (name: string, change: Values = {}): Record<string, WireComponent> => {
  const hash = createHash('sha256').update(name).digest();
  const [graphics = 0, cores = 0, screen = 0, fonts = 0] = hash;
  const model = pick(
    ['HD Graphics 520 (SKL GT2)', 'Iris(R) Xe Graphics (TGL GT2)', 'UHD Graphics 770 (ADL-S GT1)'],
    graphics,
  );
  return chromiumSources({
    canvas: { winding: true, geometry: hash.toString('hex', 0, 16), text: hash.toString('hex', 16) },
    audio: 124 + hash.readUInt16LE(4) / 1e6,
    fonts: ['Liberation Sans', ...Array.from({ length: 12 }, (_, at) => `Font ${name} ${(fonts + at) % 97}`)],
    hardwareConcurrency: pick([2, 4, 6, 12, 16], cores),
    screenResolution: pick<[number, number]>(
      [
        [1366, 768],
        [2560, 1440],
        [1536, 864],
        [3840, 2160],
      ],
      screen,
    ),
    webGlBasics: {
      version: 'WebGL 1.0',
      vendor: 'WebKit',
      vendorUnmasked: 'Google Inc. (Intel)',
      renderer: 'WebKit WebGL',
      rendererUnmasked: `ANGLE (Intel, Mesa Intel(R) ${model}, OpenGL 4.${graphics % 7})`,
      shadingLanguageVersion: 'WebGL GLSL ES 1.0',
    },
    ...change,
  });
};
