import { describe, expect, it } from 'vitest';
import { readBrowser } from '../network/user-agent.ts';
import { chromeAndroid, chromeMac, chromiumLinux, edgeWindows } from '../testing/chromium-browsers.ts';
import { type Browser, changed, componentsOf } from '../testing/facts-builder.ts';
import { firefoxLinux, firefoxResisting, safariMac, safariPhone } from '../testing/other-browsers.ts';

import { type Features, featuresOf } from './features.ts';
import { RELATED_THRESHOLD, type Relative, relate } from './relate.ts';

const HOME = '24.105.30.129';

const shown = (browser: Browser, address = HOME): Features => {
  const components = componentsOf({
    screenResolution: [1920, 1080],
    architecture: 255,
    colorDepth: 24,
    ...browser.values,
  });
  const touchSupport = { maxTouchPoints: 0, touchEvent: false, touchStart: false };
  return featuresOf({
    components: { ...componentsOf({ touchSupport }), ...components },
    browser: readBrowser(components, browser.headers['user-agent'] ?? ''),
    address,
  });
};

const relative = (visitorId: string, browser: Browser): Relative => ({ visitorId, features: shown(browser) });

/** The same Linux machine as Chromium's: eight cores, which Firefox tells as such. */
const firefoxBeside = changed(firefoxLinux, { hardwareConcurrency: 8 });
const chromium = relative('chromium', chromiumLinux);
const firefox = relative('firefox', firefoxBeside);

const related = (visitor: Relative, ...neighbours: Relative[]): string[] =>
  relate(visitor, neighbours).map(({ visitorId }) => visitorId);

describe('relate', () => {
  it('finds Firefox beside Chromium on one machine, from either side', () => {
    expect(related(chromium, chromium, firefox)).toEqual(['firefox']);
    expect(related(firefox, chromium, firefox)).toEqual(['chromium']);
  });

  it('finds them where Chromium draws nothing and Firefox draws on the processor, as on a machine without a driver', () => {
    const bare = relative('bare', changed(chromiumLinux, { webGlBasics: -1, hardwareConcurrency: 2, worker: {} }));
    const drawn = changed(firefoxLinux, { webGlBasics: graphicsNamed('llvmpipe, or similar'), hardwareConcurrency: 4 });
    expect(bare.features.graphics).toBeUndefined();
    expect(related(bare, relative('firefox', drawn))).toEqual(['firefox']);
  });

  it('says how sure it is, and why in bits', () => {
    const [relation] = relate(chromium, [firefox]);
    expect(relation?.confidence).toBeGreaterThanOrEqual(RELATED_THRESHOLD);
    expect(relation?.confidence).toBeLessThan(0.95);
    expect(relation?.reasons[0]).toMatchObject({ fact: 'screen agrees', weight: 1.585 });
    expect(relation?.reasons.every(({ weight }) => weight > 0)).toBe(true);
  });

  it('is surer where the screen is rare', () => {
    const rare = { screenResolution: [3440, 1440] as [number, number] };
    const usual = relate(chromium, [firefox])[0]?.confidence ?? 0;
    const [relation] = relate(relative('a', changed(chromiumLinux, rare)), [
      relative('b', changed(firefoxBeside, rare)),
    ]);
    expect(relation?.confidence).toBeGreaterThan(0.95);
    expect(relation?.confidence).toBeGreaterThan(usual);
  });

  it('finds other Chromiums by what only they tell: the model of the graphics, the memory', () => {
    const brandLess = relative('edge', edgeWindows);
    const chrome = relative('chrome', {
      ...edgeWindows,
      headers: {
        ...edgeWindows.headers,
        'user-agent': (edgeWindows.headers['user-agent'] ?? '').replace(/ Edg.*/, ''),
      },
    });
    const [relation] = relate(chrome, [brandLess]);
    expect(relation?.confidence).toBeGreaterThan(0.95);
    expect(relation?.reasons.map(({ fact }) => fact)).toContain('graphics model agrees');
  });

  it('finds Safari beside Chrome on a Mac with a screen that few have', () => {
    const screen = { screenResolution: [1710, 1107] as [number, number], colorDepth: 30 };
    const chrome = relative('chrome', changed(chromeMac, screen));
    expect(related(chrome, relative('safari', changed(safariMac, screen)))).toEqual(['safari']);
  });

  it.each([
    ['another screen', { screenResolution: [1366, 768] as [number, number] }],
    ['graphics of another maker', { webGlBasics: graphicsNamed('Radeon R9 200 Series, or similar') }],
    ['fewer cores', { hardwareConcurrency: 4 }],
  ])('keeps two machines at one address apart by %s', (_, values) => {
    expect(related(chromium, relative('other', changed(firefoxBeside, values)))).toEqual([]);
  });

  it('does not relate what tells nothing of its machine', () => {
    expect(related(chromium, relative('resisting', firefoxResisting))).toEqual([]);
    expect(related(chromium, { visitorId: 'silent', features: { os: 'Linux', address: HOME } })).toEqual([]);
    expect(related({ visitorId: 'silent', features: {} }, { visitorId: 'mute', features: {} })).toEqual([]);
  });

  it('does not relate other systems, nor two iPhones of one model', () => {
    const phone = changed(safariPhone, { screenResolution: [844, 390] });
    expect(related(chromium, relative('phone', phone), relative('windows', edgeWindows))).toEqual([]);
    expect(related(relative('a', phone), relative('b', phone))).toEqual([]);
  });

  it('finds Chrome beside Safari on an iPhone', () => {
    const phone = changed(safariPhone, { screenResolution: [844, 390] });
    const agent = (phone.headers['user-agent'] ?? '').replace('Version/18.5', 'CriOS/140.0');
    const chrome = relative('chrome', { ...phone, headers: { 'user-agent': agent } });
    expect(chrome.features.browser).toBe('Chrome Mobile iOS');
    expect(related(relative('safari', phone), chrome)).toEqual(['chrome']);
  });

  it("finds an app's own browser on an Android phone by the phone's model", () => {
    const phone = changed(chromeAndroid, {
      screenResolution: [915, 412],
      clientHints: { brands: [], mobile: true, platform: 'Android', model: 'Pixel 9' },
    });
    const inApp = (phone.headers['user-agent'] ?? '').replace('Android 10; K', 'Android 10; Pixel 9; wv');
    const view = relative('app', { ...phone, headers: { ...phone.headers, 'user-agent': inApp } });
    expect(related(relative('chrome', phone), view)).toEqual(['app']);
  });

  it('takes two profiles of one browser for one machine, and a fleet of clones for a fleet', () => {
    const profile = relative('profile', chromiumLinux);
    expect(related(chromium, profile)).toEqual(['profile']);
    const fleet = Array.from({ length: 12 }, (_, at) => [
      relative(`chromium ${at}`, chromiumLinux),
      relative(`firefox ${at}`, firefoxBeside),
    ]).flat();
    expect(related(chromium, ...fleet)).toEqual([]);
    expect(related(chromium, firefox, ...fleet.slice(0, 4))).toEqual([]);
  });

  it('finds three profiles of one browser and two other browsers on a machine that few have, from each of them', () => {
    const rare = { screenResolution: [5120, 1440] as [number, number], hardwareConcurrency: 32 };
    const drawn = { webGlBasics: graphicsNamed('ANGLE (NVIDIA, NVIDIA GeForce RTX 4090 Direct3D11, D3D11)') };
    const coarse = { webGlBasics: graphicsNamed('ANGLE (NVIDIA, NVIDIA GeForce GTX 980 Direct3D11), or similar') };
    const edge = changed(edgeWindows, { ...rare, ...drawn });
    const chrome = { ...edge, headers: { ...edge.headers, 'user-agent': edgeChrome } };
    const gecko = changed(edgeWindows, { ...rare, ...coarse, hardwareConcurrency: 8, deviceMemory: undefined });
    const machine = [
      ...['chrome 1', 'chrome 2', 'chrome 3'].map((id) => relative(id, chrome)),
      relative('edge', edge),
      relative('firefox', { ...gecko, headers: { 'user-agent': FIREFOX_WINDOWS } }),
    ];
    expect(machine.map(({ features }) => features.browser)).toEqual(['Chrome', 'Chrome', 'Chrome', 'Edge', 'Firefox']);
    const ids = machine.map(({ visitorId }) => visitorId);
    for (const one of machine) {
      expect(related(one, ...machine).sort()).toEqual(ids.filter((id) => id !== one.visitorId));
    }
    // A hall full of the same rare machine is a fleet all the same.
    const hall = Array.from({ length: 8 }, (_, at) => relative(`hall ${at}`, chrome));
    expect(hall.flatMap((one) => related(one, ...hall, ...machine))).toEqual([]);
  });

  it('gives Firefox to neither of two common machines that could both be its own', () => {
    const sixteen = relative('sixteen', changed(chromiumLinux, { hardwareConcurrency: 16 }));
    // By itself either is as likely as one machine with both browsers, and not surer than that.
    expect(relate(sixteen, [firefox])[0]?.confidence).toBeLessThan(0.9);
    const home = [chromium, sixteen, firefox];
    for (const one of home) expect(related(one, ...home)).toEqual([]);
  });

  it('asks for more where many unlike devices share an address', () => {
    const strangers = Array.from({ length: 46 }, (_, at) =>
      relative(`stranger ${at}`, changed(chromiumLinux, { screenResolution: [1000 + at, 700] })),
    );
    expect(related(chromium, firefox, ...strangers)).toEqual([]);
    const rare = { screenResolution: [3440, 1440] as [number, number] };
    const mine = relative('mine', changed(edgeWindows, rare));
    const twin = relative('twin', { ...changed(edgeWindows, rare), headers: { 'user-agent': edgeChrome } });
    expect(related(mine, twin, ...strangers.map(onWindows))).toEqual(['twin']);
  });

  it.each([1, 5, 20, 47, 199])('is not moved by %i devices at the address that are clearly others', (count) => {
    const strangers = Array.from({ length: count }, (_, at) =>
      relative(
        `stranger ${at}`,
        changed(at % 2 === 0 ? chromiumLinux : firefoxLinux, {
          screenResolution: [1366, 768],
          hardwareConcurrency: 4,
          timezone: 'Asia/Tokyo',
          webGlBasics: graphicsNamed('Radeon R9 200 Series, or similar'),
        }),
      ),
    );
    const alone = relate(chromium, [firefox]);
    expect(alone).toHaveLength(1);
    expect(relate(chromium, [firefox, ...strangers])).toEqual(alone);
    expect(relate(firefox, [...strangers, chromium])).toEqual(relate(firefox, [chromium]));
  });

  it('says the same from either side where only one of two has many that could be its device', () => {
    // Firefox hides the number of cores, so to it the twelve are as likely as Chromium is; to Chromium they are others.
    const twelve = Array.from({ length: 12 }, (_, at) =>
      relative(`crowd ${at}`, changed(chromiumLinux, { hardwareConcurrency: 32, deviceMemory: 32 })),
    );
    const crowd = [chromium, firefox, ...twelve];
    expect(related(firefox, ...crowd)).not.toContain('chromium');
    expect(related(chromium, ...crowd)).not.toContain('firefox');
  });

  it('counts nothing that depends on the browser', () => {
    const rendered = { canvas: { winding: true, geometry: 'x', text: 'y' }, audio: 1, fonts: ['A'], math: { a: 1 } };
    const other = relative(
      'firefox',
      changed(firefoxBeside, { ...rendered, languages: [['fr']], dateTimeLocale: 'fr' }),
    );
    expect(relate(chromium, [other])).toEqual(relate(chromium, [firefox]));
  });
});

function graphicsNamed(renderer: string) {
  return {
    version: 'WebGL 1.0',
    vendor: 'Mozilla',
    vendorUnmasked: '',
    renderer,
    rendererUnmasked: '',
    shadingLanguageVersion: 'WebGL GLSL ES 1.0',
  };
}

const FIREFOX_WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0';
const edgeChrome = (edgeWindows.headers['user-agent'] ?? '').replace(/ Edg.*/, '');
const onWindows = (visitor: Relative): Relative => ({ ...visitor, features: { ...visitor.features, os: 'Windows' } });
