import { describe, expect, it } from 'vitest';
import type { HeaderFacts } from '../facts.ts';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { emptyVisit, factsOf } from '../testing/facts-builder.ts';
import { honestBrowsers } from '../testing/honest-browsers.ts';
import { clientHintContradictions, languageContradiction, userAgentContradiction } from './request-headers.ts';

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

  it('differ in version where brand and user agent header do', () => {
    const found = clientHintContradictions(sent({ 'sec-ch-ua': '"Chromium";v="99"' }));
    expect(found?.map(({ about }) => about)).toEqual(['version', 'brands']);
  });
});
