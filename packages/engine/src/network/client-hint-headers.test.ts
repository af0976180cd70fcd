import { describe, expect, it } from 'vitest';
import type { HeaderFacts } from '../facts.ts';
import { chromeAndroid, chromiumLinux, edgeWindows } from '../testing/chromium-browsers.ts';
import { type Browser, changed, factsOf } from '../testing/facts-builder.ts';
import { firefoxLinux, safariPhone } from '../testing/other-browsers.ts';
import { clientHintContradictions } from './client-hint-headers.ts';

const found = (browser: Browser, headers: HeaderFacts) =>
  clientHintContradictions(factsOf(browser, { headers: { ...browser.headers, ...headers } }))?.map(
    ({ about }) => about,
  );

const brands = '"Not:A-Brand";v="8", "Chromium";v="156"';
const withoutHints = (browser: Browser) => changed(browser, { clientHints: undefined });

describe('clientHintContradictions', () => {
  it.each([
    ['another version', chromiumLinux, { 'sec-ch-ua': '"Not:A-Brand";v="8", "Chromium";v="120"' }, 'brands'],
    ['another name', chromiumLinux, { 'sec-ch-ua': `${brands}, "Google Chrome";v="156"` }, 'brandNames'],
    ['another system', edgeWindows, { 'sec-ch-ua-platform': '"macOS"' }, 'platform'],
    ['a phone', edgeWindows, { 'sec-ch-ua-mobile': '?1' }, 'mobile'],
    ['no phone', chromeAndroid, { 'sec-ch-ua-mobile': '?0' }, 'mobile'],
    ['a made-up brand of another version', chromiumLinux, { 'sec-ch-ua': brands.replace('8', '99') }, 'madeUpBrand'],
    ['no made-up brand', chromiumLinux, { 'sec-ch-ua': '"Chromium";v="156"' }, 'madeUpBrand'],
    ['brands that its engine does not send', firefoxLinux, { 'sec-ch-ua': brands }, 'hintsOfAnother'],
    ['brands of Chromium on iOS', safariPhone, { 'sec-ch-ua': brands }, 'hintsOfAnother'],
  ] as const)('sees a browser whose headers name %s', (_, browser, headers, about) => {
    expect(found(browser, headers)).toContain(about);
  });

  it('holds the headers against the user agent where the page read no hints', () => {
    const windows = withoutHints(edgeWindows);
    expect(found(windows, {})).toEqual([]);
    expect(found(windows, { 'sec-ch-ua-platform': '"Linux"' })).toEqual(['platformHeader']);
    expect(found(windows, { 'sec-ch-ua-mobile': '?1' })).toEqual(['mobileHeader']);
    // A phone that asks for desktop pages.
    expect(found(withoutHints(chromiumLinux), { 'sec-ch-ua-mobile': '?1', 'sec-ch-ua-platform': '"Android"' })).toEqual(
      [],
    );
  });

  it('sees hints whose full version is another', () => {
    const hints = { brands: [{ brand: 'Chromium', version: '156' }], mobile: false, platform: 'Linux' };
    const forged = changed(chromiumLinux, {
      clientHints: { ...hints, fullVersionList: [{ brand: 'Chromium', version: '131.0.6778.33' }] },
    });
    expect(found(forged, {})).toEqual(['fullVersion']);
  });

  it('makes nothing of headers that are no structured fields', () => {
    expect(found(chromiumLinux, { 'sec-ch-ua-mobile': 'yes', 'sec-ch-ua-platform': '""' })).toEqual(['platform']);
    expect(found(firefoxLinux, { 'sec-ch-ua': '' })).toEqual(['hintsOfAnother']);
  });
});
