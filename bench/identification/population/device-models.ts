import type { OsName } from '../visits/simulated-visit.ts';
import { iosModels, macModels } from './apple-models.ts';
import type { DeviceModel, Screen } from './device-model.ts';
import { measured } from './measured-browsers.ts';
import { Random } from './random.ts';
import { nth, type Pool, poolOf, zipf } from './weighted.ts';

const AGENTS: { [Os in OsName]: RegExp } = {
  Windows: /Windows NT.*Chrome/,
  Android: /Android.*Chrome/,
  iOS: /iPhone|iPad/,
  macOS: /Macintosh.*Chrome/,
  Linux: /X11; (?:Ubuntu; )?Linux.*Chrome/,
  ChromeOS: /CrOS.*Chrome/,
};

/** How many makes there are, and how steeply their shares fall: near 1 where few makers sell most. */
const MAKES: { [Os in 'Windows' | 'Android' | 'Linux' | 'ChromeOS']: readonly [count: number, exponent: number] } = {
  Windows: [9000, 0.72],
  Android: [900, 0.95],
  Linux: [1500, 0.6],
  ChromeOS: [60, 0.8],
};

const graphicsOf = (value: unknown): { renderer: string; vendor: string } | undefined => {
  const { renderer, vendor } = (value ?? {}) as { renderer?: string; vendor?: string };
  return renderer === undefined || vendor === undefined ? undefined : { renderer, vendor };
};

const screenOf = (value: unknown): Screen | undefined => {
  const read = value as { width: number; height: number; devicePixelRatio: number; hasHDR: boolean } | undefined;
  // Zoomed pages tell ratios like 1.100000023841858: the screen itself has a ratio in quarters.
  if (read === undefined || read.width < 300) return undefined;
  const ratio = Math.max(1, Math.round(read.devicePixelRatio * 4) / 4);
  return { width: read.width, height: read.height, ratio, hdr: read.hasHDR, gamut: read.hasHDR ? 'p3' : 'srgb' };
};

const numberOf = (value: unknown): number | undefined => {
  const read = Number(value);
  return Number.isFinite(read) && read > 0 ? read : undefined;
};

/** Graphics that only machines without a screen or a driver have; a returning visitor seldom has them. */
const isHardware = ({ renderer }: { renderer: string }): boolean => !/SwiftShader|llvmpipe|Basic Render/.test(renderer);

/** Makers' codes of Android phones, as client hints tell them. `#` stands for a digit. */
const CODES = [
  ...['SM-A##5F', 'SM-A##6B', 'SM-S9##B', 'SM-G9##U', 'SM-A##5M', 'SM-M##5F', 'SM-N9##F', 'SM-S9##U', 'SM-A##6U'],
  ...['Pixel #', 'Pixel #a', 'Pixel # Pro', 'moto g##', 'moto g power (202#)', 'moto e##', 'Redmi Note ##'],
  ...['2#####RN#G', '2#####PC0G', 'CPH2###', 'RMX3###', 'V2###', 'Infinix X6###', 'TECNO KL#', 'LM-Q###', 'XQ-C##4'],
] as const;

const nameOf = (random: Random): string =>
  nth(CODES, random.below(CODES.length)).replace(/#/g, () => String(1 + random.below(9)));

/**
 * Makes of devices. Given the user agent, the data set's attributes are independent of one another, which would make
 * every desktop unique; so each draw becomes a make, and many devices share it.
 */
const makesOf = (os: keyof typeof MAKES): Pool<DeviceModel> => {
  const random = new Random(1, `makes/${os}`);
  const passes = (userAgent: string) => AGENTS[os].test(userAgent);
  const screens = measured('screen', passes, screenOf);
  const graphics = measured('videoCard', passes, (value) => {
    const read = graphicsOf(value);
    return read !== undefined && isHardware(read) ? read : undefined;
  });
  const cores = measured('hardwareConcurrency', passes, numberOf);
  const memories = measured('deviceMemory', passes, numberOf);
  const touches = measured('maxTouchPoints', passes, (value) => Number(value ?? 0));
  const draw = <T>({ values, spread }: Pool<T>): T => nth(values, spread.draw(random));
  const [count, exponent] = MAKES[os];
  const phone = os === 'Android';
  const makes = zipf(count, exponent).map((share): readonly [DeviceModel, number] => {
    const card = draw(graphics);
    const seen = draw(screens);
    const screen = phone && seen.width > seen.height ? { ...seen, width: seen.height, height: seen.width } : seen;
    return [
      {
        os,
        graphics: card.renderer,
        graphicsVendor: card.vendor,
        screen,
        cores: draw(cores),
        memory: draw(memories),
        touchPoints: phone ? 5 : draw(touches),
        name: phone ? nameOf(random) : '',
        architecture: phone ? 127 : 255,
      },
      share,
    ];
  });
  return poolOf(makes, (model) => JSON.stringify(model));
};

const pools = new Map<OsName, Pool<DeviceModel>>();

/** The makes of devices with a system, and how often each is met. The same in every simulation: facts, not chance. */
export const deviceModels = (os: OsName): Pool<DeviceModel> => {
  const known = pools.get(os);
  if (known !== undefined) return known;
  const apple = { iOS: iosModels, macOS: macModels } as const;
  const pool = os === 'iOS' || os === 'macOS' ? poolOf(apple[os], (model) => JSON.stringify(model)) : makesOf(os);
  pools.set(os, pool);
  return pool;
};
