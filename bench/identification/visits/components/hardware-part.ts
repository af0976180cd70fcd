import type { Components } from '@whorl/contract';
import { T } from '../../drift/trait-names.ts';
import { appleRaster, bucketOf } from '../../population/model-views.ts';
import { nth } from '../../population/weighted.ts';
import { chromiumMajor } from './agent-strings.ts';
import { engineOf, noisySound } from './engine-part.ts';
import { digest, lacks, Memo, majorOf, noisy, type Part, type Scene, shows } from './scene.ts';

/** Whether a major version brought other pixels: of text about every sixth does, of shapes every fifteenth. */
const changes = (major: number, every: number): boolean => (major * 2654435761) % 2 ** 32 < 2 ** 32 / every;

/** How many such versions there were up to this one. */
const generationOf = (major: number, every: number): number => {
  let count = 0;
  for (let each = 100; each <= major; each++) if (changes(each, every)) count++;
  return count;
};

const majors = new Memo<number, { text: number; shapes: number; limits: number }>();

/** The generations of drawing that a version belongs to. */
const generations = (scene: Scene) => {
  const engine = engineOf(scene);
  const major =
    engine === 'chromium'
      ? chromiumMajor(scene)
      : engine === 'gecko'
        ? majorOf(scene.version)
        : // Apple's come by the system's release and its larger updates.
          100 + majorOf(scene.version) * 2 + (Number(scene.version.split('.')[1]) >= 4 ? 1 : 0);
  return majors.get(major, () => ({
    text: generationOf(major, 6),
    shapes: generationOf(major, 15),
    limits: generationOf(major, 10),
  }));
};

/** Drivers now and then change the name that they give: without the marks, or in the short form. */
const renamed = (graphics: string, driver: number): string =>
  driver % 5 === 4 ? graphics.replace(/\((?:R|TM)\)/g, '') : graphics;

const canvasOf = (scene: Scene) => {
  const { os, model, at, look } = scene;
  const { text, shapes } = generations(scene);
  const engine = engineOf(scene);
  const driver = nth(at, T.driver);
  const system = os === 'macOS' && engine === 'webkit' ? '' : os === 'Android' ? nth(at, T.osVersion) : '';
  const raster = os === 'macOS' || os === 'iOS' ? appleRaster(model.graphics) : model.graphics;
  const fonts = look.family === 'Samsung Internet' ? 'emoji' : '';
  const base = `${os}/${engine}/${raster}/${fonts}`;
  const kind = `${os}/${engine}/${bucketOf(raster)}/${fonts}`;
  return {
    winding: true,
    geometry: digest(`shapes/${base}/${shapes}/${driver >> 2}`),
    // Text is drawn alike by all chips of a kind; shapes are not.
    text: digest(`text/${kind}/${text}/${driver >> 1}/${nth(at, T.smoothing)}/${system}`),
  };
};

const basicsOf = (scene: Scene) => {
  const { model, os, look, at } = scene;
  const engine = engineOf(scene);
  if (engine === 'chromium') {
    return {
      version: 'WebGL 1.0 (OpenGL ES 2.0 Chromium)',
      vendor: 'WebKit',
      vendorUnmasked: model.graphicsVendor,
      renderer: 'WebKit WebGL',
      rendererUnmasked: renamed(model.graphics, nth(at, T.driver)),
      shadingLanguageVersion: 'WebGL GLSL ES 1.0 (OpenGL ES GLSL ES 1.0 Chromium)',
    };
  }
  const own = { version: 'WebGL 1.0', shadingLanguageVersion: 'WebGL GLSL ES 1.0' };
  if (engine === 'webkit') {
    const vendor = { vendor: 'WebKit', vendorUnmasked: 'Apple Inc.' };
    return { ...own, ...vendor, renderer: 'WebKit WebGL', rendererUnmasked: 'Apple GPU' };
  }
  if (look.view === 'resisting') {
    return { ...own, vendor: 'Mozilla', vendorUnmasked: '', renderer: 'Mozilla', rendererUnmasked: '' };
  }
  const bucket = bucketOf(model.graphics);
  const maker = /Intel|NVIDIA|AMD|Radeon/.exec(bucket)?.[0]?.replace('Radeon', 'AMD') ?? 'Google';
  const name = os === 'Windows' ? `ANGLE (${maker}, ${bucket} Direct3D11 vs_5_0 ps_5_0)` : bucket;
  const vendor = os === 'Windows' ? `Google Inc. (${maker})` : maker;
  return { ...own, vendor, vendorUnmasked: '', renderer: `${name}, or similar`, rendererUnmasked: '' };
};

const extensionsOf = (scene: Scene) => {
  const { model, os, at } = scene;
  const engine = engineOf(scene);
  const { limits } = generations(scene);
  const chip = engine === 'webkit' ? appleRaster(model.graphics) : model.graphics.replace(/\(0x[0-9A-F]+\)/i, '');
  const base = `${engine}/${os}`;
  return {
    contextAttributes: digest(`attributes/${engine}`),
    parameters: digest(`parameters/${base}/${chip}/${nth(at, T.driver)}`),
    shaderPrecisions: digest(`precisions/${os === 'Android' ? chip.slice(0, 6) : 'desktop'}`),
    extensions: digest(`extensions/${base}/${chip.slice(0, 18)}/${limits}`),
    extensionParameters: digest(`extensionParameters/${base}/${chip.slice(0, 18)}`),
    unsupportedExtensions: digest(`unsupported/${base}`),
  };
};

const coresOf = ({ model, look }: Scene): number => {
  if (look.view === 'webkit') return Math.min(8, model.cores);
  if (look.view === 'resisting') return 4;
  return look.view === 'gecko' ? (model.cores >= 8 ? 8 : 4) : model.cores;
};

type HardwareNames =
  | ('canvas' | 'webGlBasics' | 'webGlExtensions')
  | ('hardwareConcurrency' | 'deviceMemory' | 'touchSupport');

const make = (scene: Scene): Part<HardwareNames> => ({
  canvas: shows(canvasOf(scene)),
  webGlBasics: shows(basicsOf(scene)),
  webGlExtensions: shows(extensionsOf(scene)),
  hardwareConcurrency: shows(coresOf(scene)),
  deviceMemory: engineOf(scene) === 'chromium' ? shows(scene.model.memory) : lacks,
  touchSupport: shows({
    maxTouchPoints: scene.look.view === 'resisting' ? 0 : scene.model.touchPoints,
    touchEvent: scene.model.touchPoints > 0,
    touchStart: scene.model.touchPoints > 0,
  }),
});

const parts = new Memo<string, Part<HardwareNames>>();

/** What the graphics, the processor and the drivers decide. */
export const hardwarePart = (scene: Scene): Part<HardwareNames> => {
  const { at } = scene;
  const { text, shapes, limits } = generations(scene);
  const system = scene.os === 'Android' ? nth(at, T.osVersion) : 0;
  const drawn = `${nth(at, T.driver)}/${nth(at, T.smoothing)}/${text}/${shapes}/${limits}/${system}`;
  return parts.get(`${nth(at, T.os)}/${nth(at, T.family)}/${nth(at, T.model)}/${drawn}`, () => make(scene));
};

/** The cores and gigabytes that Brave makes up for a session: never more than there are. */
const farbled = (scene: Scene, session: number): Components => ({
  hardwareConcurrency: shows(2 + (session % Math.max(1, scene.model.cores - 1))),
  deviceMemory: shows(
    nth(
      [0.5, 1, 2, 4, 8].filter((size) => size <= Math.max(0.5, scene.model.memory)),
      0,
    ) *
      2 ** (session % 3),
  ),
});

/**
 * What replaces a rendering that the browser randomises. Brave and Firefox are caught by the agent, which draws what it
 * knows and marks the value; Safari's private windows change only edges, the same at each drawing, and are not.
 */
export const noisePart = (scene: Scene): Components => {
  const { look, session } = scene;
  const value = { winding: true, geometry: digest(`noise/shapes/${session}`), text: digest(`noise/text/${session}`) };
  const sound = noisySound(session);
  if (look.view === 'brave') return { canvas: noisy(value), audio: noisy(sound), ...farbled(scene, session) };
  if (look.view === 'webkit') return { canvas: shows(value), audio: shows(sound) };
  return { canvas: noisy(value) };
};

/** Whether canvas and sound are randomised at this visit. */
export const isNoised = ({ look: { view }, private: isPrivate }: Scene): boolean =>
  view === 'brave' || view === 'resisting' || (isPrivate && (view === 'gecko' || view === 'webkit'));
