import { describe, expect, it } from 'vitest';
import { strangePairs } from '../identity/strange-pairs.ts';
import { chromiumLinux, edgeWindows } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { changed, emptyVisit, factsOf, noised } from '../testing/facts-builder.ts';
import { honestBrowsers } from '../testing/honest-browsers.ts';
import { firefoxLinux } from '../testing/other-browsers.ts';

const windows = edgeWindows.headers['user-agent'] ?? '';
const copied = { fact: 'os differs from that of the token’s visitor', value: null, weight: 1, from: 'store' };

const ofCurl = { ja4: 't13d3112h2_e8f1e7e78f70_b26ce05bbdd6', source: 'hello', grease: false } as const;

/** A user agent switcher: page and header say Edge on Windows; worker, iframe, engine and platform do not. */
const switched = {
  ...changed(firefoxLinux, { userAgent: windows }),
  headers: { ...firefoxLinux.headers, 'user-agent': windows },
};

/** An anti-detect browser: all contexts agree on a Windows machine that the graphics and the system contradict. */
const linuxContext = { userAgent: windows, platform: 'Linux x86_64' };
const madeUp = {
  ...changed(edgeWindows, {
    platform: 'Linux x86_64',
    webGlBasics: chromiumLinux.values.webGlBasics,
    worker: linuxContext,
    iframe: linuxContext,
  }),
};

describeSignal('tampering', {
  fires: {
    'a user agent switcher': factsOf(switched),
    'an anti-detect browser': factsOf(madeUp),
    'a token that grew on another system': factsOf(chromiumLinux, { tokenContradictions: [copied] }),
    'a page that was patched in several places': factsOf(
      changed(chromiumLinux, {
        automation: {
          webdriver: false,
          globals: [],
          navigatorOwn: [],
          patched: ['Screen.width', 'CanvasRenderingContext2D.getImageData', 'HTMLCanvasElement.toDataURL'],
        },
      }),
    ),
  },
  quiet: {
    ...Object.fromEntries(Object.entries(honestBrowsers).map(([name, browser]) => [name, factsOf(browser)])),
    'Chromium in UTC without WebGL': factsOf(
      changed(chromiumLinux, { timezone: 'UTC', webGlBasics: -1, worker: undefined, iframe: undefined }),
    ),
    'a page whose canvas and audio are randomised': noised(factsOf(chromiumLinux), 'canvas', 'audio'),
    'a page with an error reporter and a privacy extension': factsOf(
      changed(chromiumLinux, {
        automation: {
          webdriver: false,
          globals: [],
          navigatorOwn: ['globalPrivacyControl'],
          patched: ['Function.toString', 'HTMLCanvasElement.getContext'],
        },
      }),
    ),
  },
  lacks: { 'a visit that showed nothing': emptyVisit },
});

/** Values that nobody else has together, as a crowd of visitors shows them. */
const pair = (attribute: 'cores' | 'memory' | 'audio') => ({
  attribute,
  beside: ['gpu'],
  bits: 12,
  seen: 0,
  among: 900,
  expected: 200,
});
const rarity = {
  ranked: 5_000,
  asRare: 0,
  bits: 90,
  alike: 0,
  known: false,
  rarest: [],
  strangers: [pair('cores'), pair('memory'), pair('audio')],
};
const strange = { strangePairs: strangePairs(rarity) };

describe('judgeTampering', () => {
  it.each(Object.entries(honestBrowsers))('is never decided by rarity alone: %s', (_, browser) => {
    const tampering = judged('tampering', factsOf(browser, strange));
    expect(tampering).toMatchObject({ state: 'clear', data: { antiDetectBrowser: false } });
    expect(tampering.data.anomalyScore).toBeCloseTo(0.278, 3);
  });

  it('lets rarity support a contradiction', () => {
    const one = changed(chromiumLinux, { vendor: 'Apple Computer, Inc.' });
    const [alone, supported] = [factsOf(one), factsOf(one, strange)].map((facts) => judged('tampering', facts));
    expect([alone?.state, supported?.state]).toEqual(['clear', 'detected']);
    // Its own confidence is that of the contradictions, which are one.
    expect(supported?.data).toMatchObject({ confidence: 'medium', antiDetectBrowser: false });
    expect(supported?.evidence.filter(({ from }) => from === 'store')).toHaveLength(2);
  });

  it('says anti-detect browser only when two rules agree', () => {
    expect(judged('tampering', factsOf(madeUp)).data).toMatchObject({ antiDetectBrowser: true, confidence: 'high' });
    const token = factsOf(chromiumLinux, { tokenContradictions: [copied] });
    expect(judged('tampering', token).data.antiDetectBrowser).toBe(false);
  });

  it('scores more contradictions higher', () => {
    const one = judged('tampering', factsOf(changed(chromiumLinux, { vendor: 'Apple Computer, Inc.' }))).data;
    const many = judged('tampering', factsOf(switched)).data;
    expect(one.anomalyScore).toBeGreaterThan(0);
    expect(one.anomalyScore).toBeLessThan(0.5);
    expect(many.anomalyScore).toBeGreaterThan(one.anomalyScore);
    expect(many.mlScore).toBeGreaterThan(one.mlScore);
  });

  it('takes no TLS hello alone for tampering, and is no less sure for lack of one', () => {
    const plain = judged('tampering', factsOf(chromiumLinux));
    const intercepted = judged('tampering', factsOf(chromiumLinux, { tls: ofCurl }));
    expect(intercepted.state).toBe('clear');
    expect(intercepted.data.anomalyScore).toBe(0.4);
    expect(intercepted.confidence).toBeLessThan(plain.confidence);
    expect(judged('tampering', { ...factsOf(switched), tls: ofCurl }).state).toBe('detected');
  });

  it('lists what could not be compared and lowers its confidence', () => {
    const partial = judged('tampering', factsOf(changed(chromiumLinux, { worker: undefined, iframe: undefined })));
    expect(partial.evidence).toContainEqual(expect.objectContaining({ value: ['contexts'] }));
    expect(partial.confidence).toBeLessThan(judged('tampering', factsOf(chromiumLinux)).confidence);
  });
});
