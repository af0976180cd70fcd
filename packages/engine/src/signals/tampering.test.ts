import type { TlsFacts } from '@whorl/contract';
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

const firefoxWindows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0';
/** The hints of Chromium 156 whose user agent was switched over the developer tools' protocol, without hints to go with it. */
const emptied = { brands: [], mobile: false, platform: '' };

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

  it.each([
    ['as Windows, with the hints of the machine', windows, {}],
    ['as Windows, without hints', windows, { clientHints: undefined }],
    ['as Windows, with hints that were emptied', windows, { clientHints: emptied, userAgentData: emptied }],
    ['as Firefox on Windows', firefoxWindows, { clientHints: emptied, userAgentData: emptied }],
  ])('takes a user agent that developer tools switched in all contexts for one act: %s', (_, userAgent, hints) => {
    const { worker, iframe } = chromiumLinux.values;
    const told = changed(chromiumLinux, {
      userAgent,
      worker: { ...Object(worker), userAgent },
      iframe: { ...Object(iframe), userAgent },
      ...hints,
    });
    const facts = factsOf({ ...told, headers: { 'user-agent': userAgent } });
    expect(judged('tampering', facts)).toMatchObject({ state: 'detected', data: { antiDetectBrowser: false } });
  });

  describe('of a profile that is made up in the page alone', () => {
    const getParameter = 'WebGLRenderingContext.getParameter';
    const replaced = (...disguised: string[]) => ({
      webdriver: false,
      globals: [],
      navigatorOwn: [],
      patched: [],
      disguised,
    });
    /** As fingerprint-injector was seen in Chromium on Linux: the page and its frames are Windows, the worker is not. */
    const machine = { hardwareConcurrency: 2, deviceMemory: 16, webGlRenderer: 'ANGLE (Google, SwiftShader driver)' };
    const worker = { userAgent: windows, platform: 'Linux x86_64', languages: ['en-US'], ...machine };
    const injected = changed(edgeWindows, {
      worker,
      automation: replaced('HTMLMediaElement.canPlayType', getParameter),
    });
    const rulesOf = (browser: typeof injected) => {
      const { data, evidence } = judged('tampering', factsOf(browser));
      const rules = evidence.filter(({ fact }) => fact === 'rule on anti-detect browsers').map(({ value }) => value);
      return { rules, isAntiDetect: data.antiDetectBrowser };
    };
    const PLATFORM = 'platform differs between contexts';
    const MACHINE = 'machine differs between contexts';

    it('sees a worker that tells of another platform and machine', () => {
      expect(rulesOf(injected)).toEqual({ rules: [MACHINE, PLATFORM], isAntiDetect: true });
    });

    it('sees it without graphics in the page, by the function that was replaced for them', () => {
      expect(rulesOf(changed(injected, { webGlBasics: -1 }))).toMatchObject({ isAntiDetect: true });
    });

    it('sees brands that the headers contradict', () => {
      const headers = { ...injected.headers, 'sec-ch-ua': '"Brave";v="146", "Chromium";v="146", "Not?A_Brand";v="99"' };
      const found = rulesOf({ ...changed(injected, { worker: { ...worker, platform: 'Win32' } }), headers });
      expect(found.rules).toContain('brand differs between header and page');
      expect(found.isAntiDetect).toBe(true);
    });

    it.each([
      ['another platform', { userAgent: windows, platform: 'Linux x86_64' }, replaced(), [PLATFORM]],
      ['other graphics, by a function that was replaced', machine.webGlRenderer, replaced(getParameter), []],
      ['a replaced function alone', undefined, replaced(getParameter), []],
    ])('takes one fact for no whole profile: %s', (_, told, automation, rules) => {
      const context = typeof told === 'string' ? { userAgent: windows, platform: 'Win32', webGlRenderer: told } : told;
      const one = changed(edgeWindows, { worker: context ?? edgeWindows.values.worker, automation });
      expect(rulesOf(one)).toEqual({ rules, isAntiDetect: false });
    });

    it('does not take what the platform header says for a worker’s platform', () => {
      const headers = { ...edgeWindows.headers, 'sec-ch-ua-platform': '"Linux"' };
      expect(rulesOf({ ...edgeWindows, headers })).toEqual({ rules: [], isAntiDetect: false });
    });
  });

  describe('of a desktop in device mode', () => {
    /** As it was seen in Chromium on Linux, with the system of the desktop beneath. */
    const emulating = (userAgent: string, desktop = chromiumLinux) => {
      const context = { userAgent, platform: desktop.values.platform ?? '' };
      return {
        ...changed(desktop, {
          userAgent,
          clientHints: undefined,
          touchSupport: { maxTouchPoints: 1, touchEvent: true, touchStart: true },
          plugins: [{ name: 'PDF Viewer', description: 'Portable Document Format', mimeTypes: [] }],
          worker: context,
          iframe: context,
        }),
        headers: { 'user-agent': userAgent },
      };
    };
    const iphone =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
    const pixel =
      'Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36';
    const MODE = 'desktop shows itself as a telephone, as the device mode of developer tools does';

    it.each([
      ['an iPhone', emulating(iphone)],
      ['an Android phone on Windows', emulating(pixel, edgeWindows)],
      ['an iPhone, with the desktop’s hello', { ...emulating(iphone), tls: ofCurl }],
    ])('counts once what one act explains: %s', (_, browser) => {
      const { state, data, evidence } = judged('tampering', factsOf(browser, 'tls' in browser ? { tls: ofCurl } : {}));
      expect({ state, ...data }).toMatchObject({
        state: 'detected',
        anomalyScore: 0.55,
        antiDetectBrowser: false,
        confidence: 'medium',
      });
      expect(evidence.filter(({ weight }) => weight > 0).map(({ fact }) => fact)).toEqual([MODE]);
      expect(evidence).toContainEqual(
        expect.objectContaining({ fact: 'platform belongs to another system', weight: 0 }),
      );
    });

    it('shows it where nothing contradicts it, and says nothing', () => {
      const { state, data, evidence } = judged('tampering', factsOf(emulating(pixel)));
      expect([state, data.anomalyScore]).toEqual(['clear', 0.4]);
      expect(evidence[0]?.fact).toBe(MODE);
    });

    const mode = emulating(iphone);
    it.each([
      ['five touch points', { touchSupport: { maxTouchPoints: 5, touchEvent: true, touchStart: true } }],
      ['the platform of a telephone', { platform: 'Linux armv8l', worker: undefined, iframe: undefined }],
      ['no plugins', { plugins: [] }],
      [
        'a replaced function',
        { automation: { webdriver: false, globals: [], navigatorOwn: [], patched: ['Screen.width'] } },
      ],
      ['a worker that tells of another browser', { worker: { userAgent: windows } }],
    ] as const)('excuses no profile that was made up: %s', (_, change) => {
      const { data, evidence } = judged(
        'tampering',
        factsOf({ ...changed(mode, change as Parameters<typeof changed>[1]), headers: mode.headers }),
      );
      expect(evidence.map(({ fact }) => fact)).not.toContain(MODE);
      expect(data.anomalyScore).toBeGreaterThan(0.9);
    });
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

  it('counts a hello once, whether by a rule or for being nobody else’s', () => {
    const strangeHello = { seen: 0, among: 300, expected: 150 };
    const pairs = { strangePairs: strangePairs({ ...rarity, strangers: [], strangeHello }) };
    const fitting = { ja4: 't13d1516h2_8daaf6152771_02713d6af862', source: 'hello' } as const;
    const scoreWith = (tls: TlsFacts) =>
      judged('tampering', factsOf(chromiumLinux, { tls, ...pairs })).data.anomalyScore;
    expect(scoreWith(fitting)).toBe(0.15);
    expect(scoreWith(ofCurl)).toBe(0.4);
  });

  it('lists what could not be compared and lowers its confidence', () => {
    const partial = judged('tampering', factsOf(changed(chromiumLinux, { worker: undefined, iframe: undefined })));
    expect(partial.evidence).toContainEqual(expect.objectContaining({ value: ['contexts'] }));
    expect(partial.confidence).toBeLessThan(judged('tampering', factsOf(chromiumLinux)).confidence);
  });
});
