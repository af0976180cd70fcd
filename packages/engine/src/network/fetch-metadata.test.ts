import { describe, expect, it } from 'vitest';
import type { Facts, HeaderFacts } from '../facts.ts';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { type Browser, changed, emptyVisit, factsOf } from '../testing/facts-builder.ts';
import { honestBrowsers } from '../testing/honest-browsers.ts';
import { firefoxLinux, safariMac, safariPhone } from '../testing/other-browsers.ts';
import { fetchMetadataContradictions } from './fetch-metadata.ts';

const abouts = (facts: Facts) => fetchMetadataContradictions(facts)?.map(({ about }) => about) ?? null;

/** The browser's headers without its fetch metadata, and with others. */
const sent = ({ values, headers }: Browser, others: HeaderFacts = {}) => {
  const { 'sec-fetch-site': _site, 'sec-fetch-mode': _mode, 'sec-fetch-dest': _dest, ...rest } = headers;
  return factsOf({ values, headers: { ...rest, ...others } });
};
const full = (site: string, mode: string, dest: string): HeaderFacts => ({
  'sec-fetch-site': site,
  'sec-fetch-mode': mode,
  'sec-fetch-dest': dest,
});
const older = (browser: Browser, from: RegExp, to: string): HeaderFacts => ({
  'user-agent': browser.headers['user-agent']?.replace(from, to) ?? '',
});

describe('fetchMetadataContradictions', () => {
  it.each(Object.entries(honestBrowsers))('has nothing against %s', (name, browser) => {
    // Of WebKit that is not Safari nobody knows what it sends.
    expect(abouts(factsOf(browser))).toEqual(name.startsWith('webkitGtk') ? null : []);
  });

  it.each([
    ['same-origin', 'cors'],
    ['same-site', 'cors'],
    ['cross-site', 'cors'],
    ['cross-site', 'no-cors'],
  ])('takes a script’s request that is %s and %s', (site, mode) => {
    expect(abouts(sent(chromiumLinux, full(site, mode, 'empty')))).toEqual([]);
  });

  it.each([
    ['an opened page', full('none', 'navigate', 'document')],
    ['a form', full('same-origin', 'navigate', 'document')],
    ['an image', full('cross-site', 'no-cors', 'image')],
    ['words of no specification', full('cross-origin', 'cors', 'empty')],
  ])('knows the headers of %s', (_, headers) => {
    expect(abouts(sent(chromiumLinux, headers))).toEqual(['fetchMetadataWrong']);
  });

  it.each(Object.entries({ chromiumLinux, firefoxLinux, safariMac, safariPhone }))(
    'misses them in %s',
    (_, browser) => {
      expect(abouts(sent(browser))).toEqual(['fetchMetadataMissing']);
      expect(abouts(sent(browser, { 'sec-fetch-mode': 'cors' }))).toEqual(['fetchMetadataPartial']);
    },
  );

  it.each([
    ['Chromium 75', chromiumLinux, /Chrome\/\d+/, 'Chrome/75'],
    ['Firefox 89', firefoxLinux, /153/g, '89'],
    ['Safari 15.6', safariMac, /Version\/18\.5/, 'Version/15.6'],
  ] as const)('expects none of %s, and wonders at some', (_, browser, from, to) => {
    const headers = older(browser, from, to);
    expect(abouts(sent(browser, headers))).toEqual([]);
    expect(abouts(sent(browser, { ...headers, ...full('same-site', 'cors', 'empty') }))).toEqual([
      'fetchMetadataNewer',
    ]);
  });

  it('cannot tell where a browser may have kept them to itself', () => {
    expect(abouts(sent(chromiumLinux, { origin: 'http://shop.example' }))).toBeNull();
    expect(abouts(sent(chromiumLinux, older(chromiumLinux, /Chrome\/\d+/, 'Chrome/78')))).toBeNull();
    expect(abouts(sent(safariMac, older(safariMac, /Version\/18\.5/, 'Version/16.2')))).toBeNull();
    expect(abouts(sent(chromiumLinux, { 'user-agent': 'curl/8.0' }))).toBeNull();
    expect(abouts({ ...factsOf(chromiumLinux), platform: 'android' })).toBeNull();
    expect(abouts(emptyVisit)).toBeNull();
  });

  it('leaves the pages of extensions alone, which come from nowhere', () => {
    const headers = { ...full('none', 'cors', 'empty'), origin: 'chrome-extension://abcdefghijklmnop' };
    expect(abouts(sent(chromiumLinux, headers))).toEqual([]);
  });

  it('misses client hints that the page can read', () => {
    const { 'sec-ch-ua': _, ...headers } = chromiumLinux.headers;
    expect(abouts(factsOf(chromiumLinux, { headers }))).toEqual(['hintsMissing']);
    expect(abouts(factsOf(changed(chromiumLinux, { clientHints: undefined }), { headers }))).toEqual([]);
  });
});
