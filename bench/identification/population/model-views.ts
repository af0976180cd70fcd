import type { OsName } from '../visits/simulated-visit.ts';
import type { DeviceModel } from './device-model.ts';
import { deviceModels } from './device-models.ts';
import type { View } from './looks.ts';
import { nth, Weighted } from './weighted.ts';

/** Graphics that rasterise alike on Apple's systems. */
export const appleRaster = (graphics: string): string => /Intel|AMD/.exec(graphics)?.[0] ?? 'Apple';

/** Firefox's names for groups of graphics (dom/canvas/SanitizeRenderer.cpp). */
const BUCKETS: readonly (readonly [RegExp, string])[] = [
  [/NVIDIA.*(?:[234567]\d{3}|GTX 9|GTX 1\d{3}|TITAN|A\d{3,4}|T\d{3,4})/i, 'NVIDIA GeForce GTX 980'],
  [/NVIDIA|GeForce|Quadro/i, 'NVIDIA GeForce 8800 GTX'],
  [/Radeon HD [2-6]\d{3}\b/i, 'Radeon HD 3200 Graphics'],
  [/AMD|Radeon/i, 'Radeon R9 200 Series'],
  [/Intel.*(?:HD Graphics (?:4|5|6)\d{2}|UHD|Iris|Arc|Xe|Graphics)/i, 'Intel(R) HD Graphics 400'],
  [/Intel/i, 'Intel(R) HD Graphics'],
  [/Apple/, 'Apple M1'],
  [/Adreno \(TM\) [3-5]/, 'Adreno (TM) 540'],
  [/Adreno/, 'Adreno (TM) 650'],
  [/Mali-G/, 'Mali-G57'],
  [/Mali/, 'Mali-T760'],
  [/PowerVR/, 'PowerVR SGX 540'],
];

/** What Firefox calls graphics, without its ", or similar". */
export const bucketOf = (graphics: string): string =>
  BUCKETS.find(([pattern]) => pattern.test(graphics))?.[1] ?? 'Generic Renderer';

/** A model with its built-in screen, or what is inside alone: all that shows while another screen is in use. */
type Part = 'all' | 'chips';

/** What of a model shows through a browser. Canvas and sound count: they tell more of the graphics than its name may. */
const keyOf = (model: DeviceModel, view: View, part: Part): string => {
  const { graphics, cores, touchPoints, name, architecture } = model;
  const screen = part === 'all' ? model.screen : null;
  const apple = appleRaster(graphics);
  switch (view) {
    case 'chromium':
      return JSON.stringify([screen, graphics, cores, model.memory, touchPoints, name, architecture]);
    case 'webkit':
      return JSON.stringify([screen, Math.min(8, cores), touchPoints, name, apple]);
    case 'gecko':
      return JSON.stringify([screen, cores >= 8, touchPoints, architecture, bucketOf(graphics), graphics]);
    case 'brave':
      return JSON.stringify([screen, touchPoints, architecture, graphics, name]);
    case 'resisting':
      return architecture === 255 ? 'x86' : 'arm';
  }
};

/** Models that one kind of browser cannot tell apart, as classes: for each model the first of its class, and the classes' shares. */
type Classes = { representative: Int32Array; spread: Weighted };

const build = (os: OsName, view: View, part: Part): Classes => {
  const { values, spread } = deviceModels(os);
  const first = new Map<string, number>();
  const representative = new Int32Array(values.length);
  const weights = new Array<number>(values.length).fill(0);
  values.forEach((model, place) => {
    const key = keyOf(model, view, part);
    const known = first.get(key) ?? place;
    first.set(key, known);
    representative[place] = known;
    weights[known] = nth(weights, known) + spread.probability(place);
  });
  return { representative, spread: new Weighted(weights) };
};

const built: { [Os in OsName]?: Map<string, Classes> } = {};
const CHIPS: { [V in View]: string } = {
  chromium: 'chromium/chips',
  webkit: 'webkit/chips',
  gecko: 'gecko/chips',
  brave: 'brave/chips',
  resisting: 'resisting/chips',
};

/** The classes of a system's models as a view shows them. */
export const modelClasses = (os: OsName, view: View, part: Part): Classes => {
  const places = built[os] ?? new Map<string, Classes>();
  built[os] = places;
  const name = part === 'all' ? view : CHIPS[view];
  const known = places.get(name);
  if (known !== undefined) return known;
  const classes = build(os, view, part);
  places.set(name, classes);
  return classes;
};
