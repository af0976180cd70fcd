import { beforeAll, expect, it } from 'vitest';
import { enter } from '../contest/contestants.ts';
import { holdContest } from '../contest/hold-contest.ts';
import { summarise } from '../metrics/summarise.ts';
import { scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { figuresOf, type Results } from './figures.ts';
import { pageOf } from './page.ts';
import { tableOf } from './table.ts';

const scenario = scenarios['web-mix'];
const size = { visitors: 200, days: 30, seed: 3 };
const noModel = (): never => {
  throw new Error('no model is needed here');
};
const world = { ...size, scenario, strict: false, tokens: false, model: noModel };

let results: Results;
beforeAll(() => {
  const contestants = [
    // The oracle stands in for Whorl, which would have to learn first: any that is sure of itself will do.
    { ...enter('oracle-alone', world), name: 'whorl' as const },
    ...(['fpjs', 'fp-stalker', 'oracle'] as const).map((name) => enter(name, world)),
  ];
  const { journal, answers } = holdContest(contestants, simulate(scenario, size), size.days);
  const summaries = new Map([...answers].map(([name, said]) => [name, summarise(journal, said)]));
  results = { summaries, bytes: new Map([['whorl', 100_000]]) };
});

it('has the figures by name, as shares, days and milliseconds', () => {
  const figures = figuresOf(results, size.visitors);
  const names = ['recognition', 'falseMerge', 'firstMerge', 'ece', 'trackingDuration', 'trackingDurationRuleBased'];
  const more = ['linkP99Ms', 'recognition.iOS', 'oracle.iOS', 'fpjs.recognition', 'fpStalker.falseMerge'];
  for (const name of [...names, ...more]) expect(figures).toHaveProperty([name], expect.any(Number));
  expect(figures.bytesPerVisitor).toBe(500);
  expect(figures.recognition).toBe(Number(results.summaries.get('whorl')?.groups.all.recognition?.toPrecision(5)));
});

it('leaves out what was not measured', () => {
  const figures = figuresOf(results, size.visitors);
  expect(Object.keys(figures)).not.toContain('strictFalseMerge');
  expect(Object.keys(figures)).not.toContain('cookie.recognition');
});

it('prints a line for everybody in each table', () => {
  const table = tableOf(results, size.visitors);
  expect(table.match(/FingerprintJS v5 hash/g)).toHaveLength(4);
  expect(table).not.toContain('NaN');
});

it('draws a page that needs nothing from elsewhere and can be read without seeing the plots', () => {
  const page = pageOf({ scenario: '<b>' }, results, figuresOf(results, size.visitors), size.visitors);
  expect(page).not.toMatch(/https?:|<script|<link|@import|url\(|<img/);
  expect(page).not.toContain('NaN');
  expect(page).not.toContain('<b>');
  const plots = page.match(/<svg viewBox[^>]*>/g) ?? [];
  expect(plots.length).toBeGreaterThanOrEqual(4);
  for (const plot of plots) {
    const [, id] = /role="img" aria-labelledby="([^"]+)"/.exec(plot) ?? [];
    expect(page).toContain(`<h2 id="${id}">`);
  }
  expect(page.match(/<details>/g)).toHaveLength(plots.length);
});
