import { beforeAll, expect, it } from 'vitest';
import { enter } from '../contest/contestants.ts';
import { holdContest } from '../contest/hold-contest.ts';
import { summarise } from '../metrics/summarise.ts';
import { replayOf } from '../metrics/testing/replay-of.ts';
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
const world = { ...size, scenario, strict: false, tokens: false, oracleSample: 1, model: noModel };

let results: Results;
beforeAll(() => {
  const contestants = [
    // The oracle stands in for Whorl, which would have to learn first: any that is sure of itself will do.
    { ...enter('oracle-alone', world), name: 'whorl' as const },
    ...(['fpjs', 'fp-stalker', 'oracle'] as const).map((name) => enter(name, world)),
  ];
  const { journal, answers } = holdContest(contestants, simulate(scenario, size));
  const summaries = new Map([...answers].map(([name, said]) => [name, summarise(journal, said)]));
  const link = { visitors: 1_000, p50: 0.2, p99: 0.4, compared: 12, bytesPerVisitor: 1_499.6 };
  results = { summaries, links: [link, { ...link, visitors: 10_000, p99: 0.5 }], bytes: new Map([['whorl', 100_000]]) };
});

const nothingAsked = () => {
  const { journal, answers } = replayOf([{ browser: 0, id: 0, asked: false }]);
  return [journal, answers] as const;
};

it('has the figures by name, as shares, days and milliseconds', () => {
  const figures = figuresOf(results, size.visitors);
  const names = ['recognition', 'falseMerge', 'firstMerge', 'ece', 'trackingDuration', 'trackingDurationRuleBased'];
  const more = ['memoryLinkP99Ms', 'recognition.iOS', 'oracle.iOS', 'fpjs.recognition', 'fpStalker.falseMerge'];
  for (const name of [...names, ...more]) expect(figures).toHaveProperty([name], expect.any(Number));
  expect(figures).toMatchObject({
    memoryBytesPerVisitor: 500,
    bytesPerVisitor: 1_500,
    linkP99Ms: 0.5,
    'linkP99Ms.1000': 0.4,
  });
  expect(figures.recognition).toBe(Number(results.summaries.get('whorl')?.groups.all.recognition?.toPrecision(5)));
});

it('leaves out what was not measured', () => {
  const figures = figuresOf(results, size.visitors);
  expect(Object.keys(figures)).not.toContain('strictFalseMerge');
  expect(Object.keys(figures)).not.toContain('cookie.recognition');
});

it('tells figures of a sample with their errors, and leaves out what a sample cannot tell', () => {
  const contestants = [enter('oracle', { ...world, oracleSample: 0.3 })];
  const { journal, answers } = holdContest(contestants, simulate(scenario, size));
  const summaries = new Map([...answers].map(([name, said]) => [name, summarise(journal, said)]));
  const sampled: Results = { summaries, links: [], bytes: new Map() };
  const figures = figuresOf(sampled, size.visitors);
  expect(figures['oracle.sample']).toBeCloseTo(0.3, 1);
  expect(figures['oracle.recognition.standardError']).toBeGreaterThan(0);
  expect(figures['oracle.iOS.standardError']).toBeGreaterThan(figures['oracle.recognition.standardError'] ?? 1);
  expect(figures).not.toHaveProperty(['oracle.firstMerge']);
  expect(figuresOf(results, size.visitors)).not.toHaveProperty(['oracle.sample']);
  const table = tableOf(sampled, size.visitors);
  expect(table).toContain('oracle, told afterwards: asked about');
  expect(table.match(/its standard error/g)).toHaveLength(2);
  expect(tableOf(results, size.visitors)).not.toContain('standard error');
  expect(pageOf({}, sampled, figures, size.visitors)).toContain('oracle.falseMerge.standardError');
});

it('shows the groups that somebody has visits of, also where the first was asked about none', () => {
  const [, whole] = results.summaries;
  if (whole === undefined) throw new Error('nobody took part');
  const unasked = summarise(...nothingAsked());
  const table = tableOf(
    { summaries: new Map([['oracle', unasked], whole]), links: [], bytes: new Map() },
    size.visitors,
  );
  expect(table).toContain('Android');
  expect(table).not.toContain('NaN');
});

it('tells what became of tokens, where copies of them were brought', () => {
  const hostile = { ...world, scenario: scenarios.hostile, tokens: true };
  const { journal, answers } = holdContest(
    [enter('cookie', hostile), enter('oracle-tokens', hostile)],
    simulate(scenarios.hostile, size),
  );
  const summaries = new Map([...answers].map(([name, said]) => [name, summarise(journal, said)]));
  const tokens: Results = { summaries, links: [], bytes: new Map() };
  expect(figuresOf(tokens, size.visitors)).toMatchObject({
    'cookie.ownTokensNotFollowed': 0,
    'cookie.copiedTokensFollowed': 1,
    'oracleTokens.recognition': expect.any(Number),
    'oracleTokens.firstMerge': expect.any(Number),
  });
  expect(tableOf(tokens, size.visitors)).toContain('of like browsers');
  expect(tableOf(results, size.visitors)).not.toContain('of like browsers');
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
