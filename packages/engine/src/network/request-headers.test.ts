import { describe, expect, it } from 'vitest';
import type { HeaderFacts } from '../facts.ts';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { changed, emptyVisit, factsOf } from '../testing/facts-builder.ts';
import { honestBrowsers } from '../testing/honest-browsers.ts';
import { safariMac } from '../testing/other-browsers.ts';
import { clientHintContradictions } from './client-hint-headers.ts';
import { languageContradiction, userAgentContradiction } from './request-headers.ts';

const sent = (headers: HeaderFacts) => factsOf(chromiumLinux, { headers: { ...chromiumLinux.headers, ...headers } });

describe('headers against the page', () => {
  it.each(Object.entries(honestBrowsers))('agree in %s', (_, browser) => {
    const facts = factsOf(browser);
    expect(userAgentContradiction(facts)).toEqual([]);
    expect(clientHintContradictions(facts) ?? []).toEqual([]);
    expect(languageContradiction(facts) ?? []).toEqual([]);
  });

  it('are not compared where one side is missing', () => {
    expect(userAgentContradiction(emptyVisit)).toBeNull();
    expect(clientHintContradictions(emptyVisit)).toBeNull();
    expect(languageContradiction(emptyVisit)).toBeNull();
  });

  it('differ in language by the primary subtag only', () => {
    expect(languageContradiction(sent({ 'accept-language': 'en-GB,en;q=0.9' }))).toEqual([]);
    expect(languageContradiction(sent({ 'accept-language': 'ru-RU,ru;q=0.9' }))).toHaveLength(1);
    expect(languageContradiction(sent({ 'accept-language': '*' }))).toBeNull();
  });

  it('differ in the set and the order of languages, where neither list is the other one shortened', () => {
    const found = (header: string, languages: string[], browser = chromiumLinux) => {
      const context = { ...browser.values.iframe, languages };
      const page = changed(browser, { languages: [languages.slice(0, 1)], iframe: context, worker: context });
      return languageContradiction(factsOf({ ...page, headers: { ...page.headers, 'accept-language': header } }))?.map(
        ({ about }) => about,
      );
    };
    // Chromium adds the language without its region; private windows and reduced headers keep the first alone.
    expect(found('de-DE,de;q=0.9,fr;q=0.8', ['de-DE', 'fr'])).toEqual([]);
    expect(found('de-DE,de;q=0.9', ['de-DE', 'fr', 'en'])).toEqual([]);
    expect(found('de-DE,de;q=0.9,fr;q=0.8,*;q=0.1', ['de-DE'])).toEqual([]);
    expect(found('de-DE,de;q=0.9,ru;q=0.8', ['de-DE', 'fr'])).toEqual(['languageList']);
    expect(found('de,fr;q=0.9,en;q=0.8', ['de', 'en', 'fr'])).toEqual(['languageList']);
    expect(found('de,fr;q=0.9,en;q=0.8', ['de', 'en', 'fr'], safariMac)).toEqual([]);
    expect(found('ru,de;q=0.9', ['de', 'ru'])).toEqual(['languages']);
  });

  it('differ in version where brand and user agent header do', () => {
    const found = clientHintContradictions(sent({ 'sec-ch-ua': '"Chromium";v="99"' }));
    expect(found?.map(({ about }) => about)).toEqual(['version', 'brands']);
  });
});
