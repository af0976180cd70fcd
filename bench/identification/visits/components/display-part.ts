import { T } from '../../drift/trait-names.ts';
import type { Screen } from '../../population/device-model.ts';
import { externalScreens } from '../../population/external-screens.ts';
import { ZOOMS } from '../../population/habits.ts';
import { nth } from '../../population/weighted.ts';
import { engineOf } from './engine-part.ts';
import { lacks, Memo, majorOf, type Part, type Scene, shows } from './scene.ts';

type Frame = readonly [top: number, right: number, bottom: number, left: number];

/** The screen in use: the device's own, or the other one that it is plugged into. */
export const screenInUse = ({ at, model }: Pick<Scene, 'at' | 'model'>): Screen => {
  const other = nth(at, T.screen);
  return other === 0 ? model.screen : nth(externalScreens.screens, other - 1);
};

/** What taskbar, Dock and menu bar take from the screen, CSS pixels. Windows 11's bar is higher than its forerunner's. */
const frameOf = ({ os, at, model }: Scene): Frame => {
  const form = nth(at, T.frame);
  if (os === 'Windows') {
    const bar = nth(at, T.osVersion) > 0 ? 48 : 40;
    const forms: readonly Frame[] = [
      [0, 0, bar, 0],
      [0, 0, 0, 0],
      [bar, 0, 0, 0],
      [0, 0, 0, 62],
      [0, 0, bar * 2, 0],
      [0, 62, 0, 0],
    ];
    return nth(forms, form);
  }
  if (os === 'macOS') {
    const menu = model.screen.hdr ? 33 : 25;
    return [menu, 0, form === 0 ? 72 : form === 1 ? 0 : 44 + form, 0];
  }
  if (os === 'Linux') return form === 0 ? [27, 0, 0, 0] : [(form % 4) * 10, 0, form * 4, 0];
  return os === 'ChromeOS' ? [0, 0, form === 0 ? 48 : 0, form === 1 ? 48 : 0] : [0, 0, 0, 0];
};

/** The bars of phones' browsers and the heads of desktops', CSS pixels. */
const BARS = { chromium: 87, gecko: 85, webkit: 90 };
const PHONE_BARS = { chromium: 120, gecko: 96, webkit: 180 };

type Size = { width: number; height: number };

/** A window: maximised, or one of the sizes that the trait counts, from a little over half the screen. */
const windowOf = (scene: Scene, available: Size): Size => {
  const form = nth(scene.at, T.window);
  if (form === 0) return available;
  const share = (step: number) => 0.55 + (0.44 * step) / 64;
  return {
    width: Math.round(available.width * share((form - 1) % 64)),
    height: Math.round(available.height * share(Math.floor((form - 1) / 64))),
  };
};

type DisplayNames = 'display' | 'screenResolution' | 'screenFrame' | 'colorGamut' | 'colorDepth' | 'hdr';

const phones = new Memo<string, Part<DisplayNames>>();

const phoneDisplay = (scene: Scene): Part<DisplayNames> => {
  const { width, height, ratio, gamut, hdr } = scene.model.screen;
  const bars = PHONE_BARS[engineOf(scene)];
  const hidden = scene.private && engineOf(scene) === 'webkit';
  const tall = hidden ? height - bars : height;
  return {
    display: shows({
      ...{ width, height: tall, availWidth: width, availHeight: tall, outerWidth: width, outerHeight: tall },
      ...{ innerWidth: width, innerHeight: height - bars, pixelRatio: ratio },
      orientation: 'portrait-primary',
    }),
    screenResolution: engineOf(scene) === 'webkit' ? lacks : shows([height, width]),
    screenFrame: engineOf(scene) === 'chromium' ? shows([0, 0, 0, 0]) : lacks,
    colorGamut: shows(gamut),
    colorDepth: shows(24),
    hdr: shows(hdr),
  };
};

const round = (value: number): number => Math.round(value / 10) * 10;

const depths = { 24: shows(24), 30: shows(30) } as const;
const gamuts = { srgb: shows('srgb'), p3: shows('p3') } as const;
const yes = shows(true);
const no = shows(false);

const desktopDisplay = (scene: Scene): Part<DisplayNames> => {
  const screen = screenInUse(scene);
  const engine = engineOf(scene);
  const [top, right, bottom, left] = frameOf(scene);
  const available = { width: screen.width - left - right, height: screen.height - top - bottom };
  const outer = windowOf(scene, available);
  const zoom = nth(ZOOMS, nth(scene.at, T.zoom)) / 100;
  const inner = { width: Math.round(outer.width / zoom), height: Math.round((outer.height - BARS[engine]) / zoom) };
  // Safari's private windows call the page's size the screen's; resistFingerprinting does so everywhere, in round steps.
  const hides = scene.look.view === 'resisting' || (scene.private && engine === 'webkit');
  const page =
    scene.look.view === 'resisting'
      ? {
          width: Math.min(1400, Math.floor(inner.width / 200) * 200),
          height: Math.min(900, Math.floor(inner.height / 100) * 100),
        }
      : inner;
  const whole = hides ? page : { width: screen.width, height: screen.height };
  const room = hides ? page : available;
  const frame = [round(top), round(right), round(bottom), round(left)];
  return {
    display: shows({
      ...{ width: whole.width, height: whole.height, availWidth: room.width, availHeight: room.height },
      ...{ outerWidth: hides ? page.width : outer.width, outerHeight: hides ? page.height : outer.height },
      ...{ innerWidth: page.width, innerHeight: page.height },
      pixelRatio: scene.look.view === 'resisting' ? 2 : engine === 'webkit' ? screen.ratio : screen.ratio * zoom,
      orientation: whole.width >= whole.height ? 'landscape-primary' : 'portrait-primary',
      ...(engine === 'chromium' ? { extended: false } : {}),
    }),
    screenResolution:
      engine === 'webkit' ? lacks : shows([Math.max(whole.width, whole.height), Math.min(whole.width, whole.height)]),
    screenFrame: engine === 'webkit' || (engine === 'gecko' && majorOf(scene.version) >= 143) ? lacks : shows(frame),
    colorGamut: gamuts[screen.gamut],
    colorDepth: depths[screen.gamut === 'p3' && scene.os === 'macOS' ? 30 : 24],
    hdr: screen.hdr ? yes : no,
  };
};

/** What the screen in use, the window on it, and the page's zoom decide. */
export const displayPart = (scene: Scene): Part<DisplayNames> => {
  const { os, at, look } = scene;
  if (os !== 'Android' && os !== 'iOS') return desktopDisplay(scene);
  const key = `${os}/${nth(at, T.model)}/${look.view}/${scene.private}`;
  return phones.get(key, () => phoneDisplay(scene));
};
