import { readFileSync } from 'node:fs';
import { crawlerLists } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { builtInLists } from './built-in-lists.ts';
import { listKinds } from './list-source.ts';

const page = readFileSync(new URL('../../../../docs/network-lists.md', import.meta.url), 'utf8');

describe('builtInLists', () => {
  it('has lists of every kind, each under a name of its own', () => {
    expect(new Set(builtInLists.map(({ kind }) => kind))).toEqual(new Set(listKinds));
    expect(new Set(builtInLists.map(({ name }) => name)).size).toBe(builtInLists.length);
    for (const { name } of builtInLists) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
  });

  it('fetches over HTTPS, and nobody more than once an hour', () => {
    for (const { url, every } of builtInLists) {
      expect(new URL(url).protocol).toBe('https:');
      expect(every).toBeGreaterThanOrEqual(3_600_000);
    }
  });

  it('has every list of crawlers that the engine knows', () => {
    const known = new Set(builtInLists.flatMap(({ crawler }) => crawler ?? []));
    expect(known).toEqual(new Set(Object.keys(crawlerLists)));
  });
});

describe('docs/network-lists.md', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('|'));

  it.each(builtInLists.filter(({ kind }) => kind !== 'crawler'))('tells of $name, its maker and licence', (list) => {
    const row = rows.find((line) => line.includes(`\`${list.name}\``));
    expect(row).toContain(`\`${list.kind}\``);
    expect(row).toContain(`(${list.page})`);
    expect(row).toContain(list.licence.split(':')[0]);
  });

  it.each(listKinds)('tells what it means to be on a list of %s', (kind) => {
    expect(page).toContain(`\`${kind}\``);
  });
});
