import { describe, expect, it } from 'vitest';
import { brave, chromiumLinux } from '../testing/chromium-browsers.ts';
import { changed, emptyVisit, factsOf, noised } from '../testing/facts-builder.ts';
import { honestBrowsers } from '../testing/honest-browsers.ts';
import { firefoxLinux, firefoxResisting } from '../testing/other-browsers.ts';
import { contextContradictions } from './contexts.ts';

const abouts = (facts: Parameters<typeof contextContradictions>[0]) =>
  contextContradictions(facts)?.map(({ about }) => about);
const worker = chromiumLinux.values.worker;

describe('contextContradictions', () => {
  it.each(Object.entries(honestBrowsers))('finds none in %s', (_, browser) => {
    expect(abouts(factsOf(browser))).toEqual([]);
  });

  it('is null where neither worker nor iframe was heard', () => {
    expect(contextContradictions(emptyVisit)).toBeNull();
  });

  it('names each attribute that differs once, with every place’s value', () => {
    const facts = factsOf(changed(chromiumLinux, { hardwareConcurrency: 4, deviceMemory: 8, timezone: 'Asia/Tokyo' }));
    expect(abouts(facts)).toEqual(['cores', 'memory', 'timezone']);
    expect(contextContradictions(facts)?.[0]?.evidence.value).toEqual({ page: 4, worker: 8, iframe: 8 });
  });

  it('sees a webdriver property that was deleted from the page', () => {
    const automation = { globals: [], navigatorOwn: [], patched: [] };
    expect(abouts(factsOf(changed(chromiumLinux, { automation })))).toEqual(['webdriver']);
  });

  it('takes the steps of Firefox’s cores for equal, and a step between them for a difference', () => {
    const cores = (hardwareConcurrency: number) =>
      factsOf(changed(firefoxLinux, { worker: { ...firefoxLinux.values.worker, hardwareConcurrency } }));
    expect(abouts(cores(3))).toEqual([]);
    expect(abouts(cores(16))).toEqual(['cores']);
  });

  it('takes no part of what protections replace', () => {
    expect(abouts(factsOf(brave))).toEqual([]);
    const resisting = changed(firefoxResisting, { worker: { timezone: 'America/New_York', hardwareConcurrency: 16 } });
    expect(abouts(factsOf(resisting))).toEqual([]);
  });

  it('ignores graphics that the browser randomises', () => {
    const other = factsOf(changed(chromiumLinux, { worker: { ...worker, webGlRenderer: 'another' } }));
    expect(abouts(other)).toEqual(['gpu']);
    expect(abouts(noised(other, 'webGlBasics'))).toEqual([]);
  });
});
