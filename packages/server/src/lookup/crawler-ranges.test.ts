import { readFileSync } from 'node:fs';
import { crawlerLists } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { readAddress } from './address.ts';
import { bundledCrawlerRanges, CrawlerRanges, readCrawlerList } from './crawler-ranges.ts';
import { crawlerSnapshots } from './crawler-snapshots.ts';
import { NetworkDataError } from './network-data-error.ts';

const addressOf = (text: string) => {
  const address = readAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address;
};

const rangesOf = (text: string): CrawlerRanges => {
  const ranges = new CrawlerRanges();
  ranges.put('googlebot', readCrawlerList('googlebot', text, 1));
  return ranges;
};

const isListed = (ranges: CrawlerRanges, text: string): boolean | undefined =>
  ranges.find(addressOf(text)).googlebot?.listed;

describe('readCrawlerList', () => {
  const json = JSON.stringify({
    creationTime: '2026-11-20T00:00:00.000000',
    prefixes: [{ ipv6Prefix: '2001:4860:4801:10::/64' }, { ipv4Prefix: '66.249.64.0/27' }, { note: 'x' }, null],
  });

  it.each([
    ['66.249.64.0', true],
    ['66.249.64.31', true],
    ['66.249.64.32', false],
    ['66.249.63.255', false],
    ['2001:4860:4801:10::', true],
    ['2001:4860:4801:10:ffff:ffff:ffff:ffff', true],
    ['2001:4860:4801:11::', false],
    ['2001:4860:4801:f::1', false],
  ])('knows of %s from JSON as operators publish it', (address, listed) => {
    expect(isListed(rangesOf(json), address)).toBe(listed);
  });

  it.each([
    ['203.0.113.9', true],
    ['203.0.113.10', false],
    ['198.51.100.200', true],
    ['198.51.100.7', true],
    ['198.51.101.0', true],
    ['198.51.102.0', false],
    ['2001:db8::5', true],
    ['2001:db8::6', false],
  ])('knows of %s from text in any order, with ranges that overlap', (address, listed) => {
    const text = '# comment 1.2.3.4\n203.0.113.9\n198.51.100.0/23, 198.51.100.7/32\n198.51.100.0/24\n2001:db8::5\n';
    expect(isListed(rangesOf(text), address)).toBe(listed);
  });

  it('clears host bits', () => {
    expect(isListed(rangesOf('198.51.100.77/24'), '198.51.100.1')).toBe(true);
  });

  it('says nothing of a family that the list has none of', () => {
    expect(isListed(rangesOf('198.51.100.0/24'), '2001:db8::1')).toBeUndefined();
  });

  it.each(['', '# nothing', '{', '{"prefixes":1}', '{"prefixes":[]}', '<html>', '1.2.3.4/33', '1.2.3'])(
    'refuses %s',
    (text) => {
      expect(() => readCrawlerList('googlebot', text, 1)).toThrow(NetworkDataError);
    },
  );

  it('asks the parts of a list together, which are as old as the first', () => {
    const ranges = new CrawlerRanges();
    const part = (text: string, builtAt: number) => readCrawlerList('openai', text, builtAt);
    ranges.put('openai', part('198.51.100.0/24', 1), part('203.0.113.0/24 2001:db8::/32', 2));
    const find = (text: string) => ranges.find(addressOf(text)).openai;
    expect(find('198.51.100.1')).toMatchObject({ listed: true, source: { builtAt: 1 } });
    expect(find('203.0.113.1')?.listed).toBe(true);
    expect(find('192.0.2.1')?.listed).toBe(false);
    expect(find('2001:db8::1')?.listed).toBe(true);
    ranges.put('openai');
    expect(find('198.51.100.1')).toBeUndefined();
    expect(ranges.sources()).toEqual([]);
  });

  it('replaces a list that is put in again', () => {
    const ranges = rangesOf('198.51.100.0/24');
    ranges.put('googlebot', readCrawlerList('googlebot', '203.0.113.0/24', 2));
    expect(isListed(ranges, '198.51.100.1')).toBe(false);
    expect(ranges.sources()).toEqual([{ name: 'published addresses of googlebot', builtAt: 2 }]);
  });
});

describe('bundledCrawlerRanges', () => {
  it('holds each snapshot once, of a list that the engine knows, with its day', () => {
    const lists = crawlerSnapshots.map(({ list }) => list);
    expect(new Set(lists).size).toBe(lists.length);
    for (const { list, takenAt } of crawlerSnapshots) {
      expect(crawlerLists).toHaveProperty(list);
      expect(takenAt).toBeGreaterThan(Date.UTC(2026, 0));
    }
  });

  it.each([
    ['googlebot', '66.249.66.1'],
    ['googlebot', '2001:4860:4801:10::1'],
    ['googlebot', '2001:4860:4801:b6:ffff::1'],
    ['bingbot', '157.55.39.1'],
    ['openai', '4.151.71.177'],
    ['anthropic', '216.73.216.1'],
    ['commoncrawl', '18.97.9.168'],
    ['commoncrawl', '2600:1f28:365:80b0::1'],
    ['perplexitybot', '18.97.9.96'],
  ] as const)('knows that %s comes from %s, and nobody else does', (list, address) => {
    const found = bundledCrawlerRanges().find(addressOf(address));
    const listed = Object.entries(found).filter(([, finding]) => finding.listed);
    expect(listed.map(([name]) => name)).toEqual([list]);
  });

  it('has each list with its day on the page about bots', () => {
    const page = readFileSync(new URL('../../../../docs/signals/bot-info.md', import.meta.url), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    for (const { list, takenAt } of crawlerSnapshots) {
      const row = rows.find((line) => line.includes(`\`${list}\``));
      expect(row).toContain(new Date(takenAt).toISOString().slice(0, 10));
    }
  });

  it('lists no one at a home', () => {
    const found = bundledCrawlerRanges().find(addressOf('24.105.30.129'));
    expect(Object.values(found).every(({ listed }) => !listed)).toBe(true);
    expect(Object.keys(found)).toHaveLength(crawlerSnapshots.length);
  });
});
