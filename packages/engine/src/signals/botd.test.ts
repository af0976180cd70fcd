import { describe, expect, it } from 'vitest';
import { chromiumHeadless, chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { changed, emptyVisit, factsOf } from '../testing/facts-builder.ts';
import { firefoxLinux, safariPhone } from '../testing/other-browsers.ts';

const automation = { webdriver: false, globals: [], navigatorOwn: [], patched: [] };
const driven = changed(chromiumLinux, { automation: { ...automation, webdriver: true } });

describeSignal('botd', {
  fires: {
    'Chromium under a driver': factsOf(driven),
    'headless Chromium': factsOf(chromiumHeadless),
    'a header that says headless although no source came': {
      ...emptyVisit,
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/156.0.0.0' },
    },
  },
  quiet: {
    Chromium: factsOf(chromiumLinux),
    'Chromium in UTC without WebGL': factsOf(
      changed(chromiumLinux, { timezone: 'UTC', webGlBasics: -1, worker: undefined, iframe: undefined }),
    ),
    Firefox: factsOf(firefoxLinux),
    'Safari on a phone': factsOf(safariPhone),
    'Chromium with developer tools open': factsOf(
      changed(chromiumLinux, {
        developerTools: { stackTraceHits: 2, probes: 11, elapsed: 2500 },
        automation: { ...automation, webdriver: false, consoleHooked: true },
      }),
    ),
  },
  lacks: {
    'a visit that showed nothing': emptyVisit,
    'a page whose botd and automation sources failed': factsOf(
      changed(chromiumLinux, { botd: undefined, automation: undefined }),
    ),
  },
});

describe('judgeBotd', () => {
  it('names the tool rather than the driver when a tool left its name', () => {
    const facts = factsOf(
      changed(driven, { automation: { ...automation, webdriver: true, globals: ['__playwright__binding__'] } }),
    );
    expect(judged('botd', facts).data).toEqual({ result: 'bad', type: 'playwright' });
  });

  it('is surer the more detectors agree', () => {
    const one = judged('botd', factsOf(driven)).confidence;
    const two = judged(
      'botd',
      factsOf(changed(driven, { automation: { ...automation, webdriver: true, globals: ['$cdc_x'] } })),
    );
    expect(two.confidence).toBeGreaterThan(one);
  });

  it('is less sure of a clear visit when fewer detectors could look', () => {
    const partial = judged('botd', factsOf(changed(chromiumLinux, { worker: undefined, iframe: undefined })));
    expect(partial.state).toBe('clear');
    expect(partial.confidence).toBeLessThan(judged('botd', factsOf(chromiumLinux)).confidence);
  });

  it('gives no crawler a good name for its user agent', () => {
    const crawler = { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' };
    expect(judged('botd', { ...emptyVisit, headers: crawler }).data.result).toBe('notDetected');
  });
});
