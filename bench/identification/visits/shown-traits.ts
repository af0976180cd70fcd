import type { Trait } from '../drift/trait.ts';
import { ALL_TRAITS, T } from '../drift/trait-names.ts';
import { firstLanguages } from '../population/languages.ts';
import { modelClasses } from '../population/model-views.ts';
import { nth } from '../population/weighted.ts';
import type { Scene } from './components/scene.ts';
import { HIDDEN } from './simulated-visit.ts';

/** Traits that a browser does not tell whatever the visit, by how it presents its device. */
const NEVER = {
  chromium: [],
  webkit: [T.driver, T.media],
  gecko: [T.media],
  brave: [T.smoothing],
  resisting: [
    ...[T.driver, T.smoothing, T.software, T.screen, T.textSize, T.voices, T.media, T.frame, T.region, T.timezone],
    ...[T.languages, T.zoom, T.window, T.accessibility, T.panel],
  ],
} as const;

/** Whether the system's version shows: in client hints, in Safari's own version on iOS, in Firefox's name on Android. */
const tellsSystemVersion = ({ os, look: { view } }: Scene): boolean => {
  if (os === 'Linux') return false;
  if (view === 'gecko' || view === 'resisting') return os === 'Android';
  return view !== 'webkit';
};

const hideForPrivacy = (shown: Int32Array, { look: { view } }: Scene): void => {
  if (view === 'chromium' || view === 'brave') shown[T.languages] = HIDDEN;
  else shown[T.smoothing] = HIDDEN;
  if (view === 'webkit') {
    shown[T.panel] = HIDDEN;
    shown[T.screen] = HIDDEN;
    shown[T.frame] = HIDDEN;
  }
};

/**
 * The traits as far as a visit tells them: hidden where it does not, and the first of its class where the browser tells
 * only the class. This is what the components hold, no more and, but for hashes that mix traits, no less.
 */
export const shownTraits = (scene: Scene, table: readonly Trait[]): Int32Array => {
  const { at, os, look } = scene;
  const shown = new Int32Array(ALL_TRAITS);
  for (let place = 0; place < ALL_TRAITS; place++) {
    shown[place] = nth(table, place).latent ? HIDDEN : nth(at, place);
  }
  shown[T.model] = nth(modelClasses(os, look.view, 'chips').representative, nth(at, T.model));
  // A second screen hides the device's own.
  const own = nth(modelClasses(os, look.view, 'all').representative, nth(at, T.model));
  shown[T.panel] = nth(at, T.screen) === 0 ? own : HIDDEN;
  if (look.view === 'webkit') shown[T.languages] = nth(firstLanguages, nth(at, T.languages));
  for (const place of NEVER[look.view]) shown[place] = HIDDEN;
  if (!tellsSystemVersion(scene)) shown[T.osVersion] = HIDDEN;
  if (scene.private) hideForPrivacy(shown, scene);
  return shown;
};
