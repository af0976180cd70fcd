import { describe, expect, it } from 'vitest';
import { chromeMac, chromiumLinux, edgeWindows } from '../testing/chromium-browsers.ts';
import { type Browser, changed, emptyVisit, factsOf } from '../testing/facts-builder.ts';
import { honestBrowsers } from '../testing/honest-browsers.ts';
import { firefoxLinux, safariMac } from '../testing/other-browsers.ts';
import { engineContradictions } from './engine-truths.ts';

const abouts = (browser: Browser) => engineContradictions(factsOf(browser))?.map(({ about }) => about);
const claiming = (browser: Browser, claimed: Browser) =>
  changed(browser, { userAgent: claimed.headers['user-agent'], clientHints: undefined });

describe('engineContradictions', () => {
  it.each(Object.entries(honestBrowsers))('finds none in %s', (_, browser) => {
    expect(abouts(browser)).toEqual([]);
  });

  it('is null where nothing can be held against the claim', () => {
    expect(engineContradictions(emptyVisit)).toBeNull();
  });

  it('knows Firefox that claims to be Chromium by its engine', () => {
    expect(abouts(claiming(firefoxLinux, chromiumLinux))).toEqual([
      'evalLength',
      'errorMessage',
      'features',
      'productSub',
      'vendor',
    ]);
  });

  it('knows Chromium that claims to be Safari by its engine', () => {
    expect(abouts(claiming(chromeMac, safariMac))).toEqual(['evalLength', 'errorMessage', 'features', 'vendor']);
  });

  it('knows Linux that claims to be Windows by platform and graphics', () => {
    expect(abouts(claiming(chromiumLinux, edgeWindows))).toEqual(['platformOs', 'graphicsOs']);
  });

  it('knows a version that the hints contradict', () => {
    const userAgent = (chromiumLinux.headers['user-agent'] ?? '').replace('156', '120');
    expect(abouts(changed(chromiumLinux, { userAgent }))).toEqual(['hintedVersion']);
  });

  it.each([
    ['an Asahi Linux machine', 'Apple M1 (G13G B1)'],
    ['a Linux machine under WSL', 'D3D12 (NVIDIA GeForce RTX 3060)'],
    ['a proprietary driver', 'ANGLE (NVIDIA Corporation, NVIDIA GeForce RTX 3060/PCIe/SSE2, OpenGL 4.5.0)'],
  ])('lets %s have its graphics', (_, renderer) => {
    const webGlBasics = chromiumLinux.values.webGlBasics;
    const graphics = typeof webGlBasics === 'object' ? { ...webGlBasics, rendererUnmasked: renderer } : -1;
    expect(abouts(changed(chromiumLinux, { webGlBasics: graphics }))).toEqual([]);
  });
});
