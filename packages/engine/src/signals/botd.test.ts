import type { BotInfo } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import type { BotIdentity } from '../network/identify-bot.ts';
import { chromiumHeadless, chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { changed, emptyVisit, factsOf } from '../testing/facts-builder.ts';
import { firefoxLinux, safariPhone } from '../testing/other-browsers.ts';

const automation = { webdriver: false, globals: [], navigatorOwn: [], patched: [] };
const driven = changed(chromiumLinux, { automation: { ...automation, webdriver: true } });

const botOf = (identity: BotInfo['identity'], confidence: BotInfo['confidence']): BotIdentity => ({
  info: { category: 'search_engine_crawler', provider: 'Google', name: 'Googlebot-Image', identity, confidence },
  evidence: [{ fact: 'bot identity', value: null, weight: identity === 'spoofed' ? 0.95 : 0, from: 'address' }],
});

describeSignal('botd', {
  fires: {
    'Chromium under a driver': factsOf(driven),
    'headless Chromium': factsOf(chromiumHeadless),
    'a crawler that proves who it is': { ...emptyVisit, bot: botOf('verified', 'high') },
    'a crawler that is caught in a lie': { ...emptyVisit, bot: botOf('spoofed', 'medium') },
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
    'a visit that showed nothing but a name': { ...emptyVisit, bot: botOf('unknown', 'medium') },
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

  it.each([
    ['verified', 'high', 'good', 'googlebot_image', 0.98],
    ['verified', 'medium', 'good', 'googlebot_image', 0.85],
    ['verified', 'low', 'good', 'googlebot_image', 0.6],
    ['signed', 'high', 'good', 'googlebot_image', 0.98],
    ['spoofed', 'high', 'bad', 'spoofed_bot', 0.95],
    ['spoofed', 'medium', 'bad', 'spoofed_bot', 0.95],
    ['spoofed', 'low', 'notDetected', undefined, 0.8],
    ['unknown', 'high', 'notDetected', undefined, 0.8],
  ] as const)('judges a bot that is %s with %s confidence', (identity, confidence, result, type, sure) => {
    const bot = botOf(identity, confidence);
    const signal = judged('botd', { ...factsOf(chromiumLinux), bot });
    expect(signal.data).toEqual({ result, ...(type === undefined ? {} : { type }), info: bot.info });
    expect(signal.confidence).toBe(sure);
    expect(signal.evidence).toEqual(expect.arrayContaining(bot.evidence));
  });

  it('calls a verified crawler good although a driver controls its browser', () => {
    const signal = judged('botd', { ...factsOf(driven), bot: botOf('verified', 'high') });
    expect(signal.data.result).toBe('good');
  });

  it('names the tool that drives a bot of no proven name', () => {
    const bot = botOf('spoofed', 'high');
    expect(judged('botd', { ...factsOf(driven), bot }).data).toEqual({
      result: 'bad',
      type: 'webdriver',
      info: bot.info,
    });
  });
});
