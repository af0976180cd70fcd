import { expect, it } from 'vitest';
import type { SeenVisit } from '../baselines/matcher.ts';
import { countsOf } from '../metrics/counts.ts';
import { scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { type Contestant, type ContestantName, contestantNames, enter } from './contestants.ts';
import { holdContest } from './hold-contest.ts';

const size = { visitors: 150, days: 30, seed: 3 };
const scenario = scenarios['web-mix'];
const noModel = (): never => {
  throw new Error('no model is needed here');
};
const world = { ...size, scenario, strict: false, tokens: false, oracleSample: 1, model: noModel };
const names = (Object.keys(contestantNames) as ContestantName[]).filter((name) => !name.startsWith('whorl'));

const hold = (contestants: readonly Contestant[]) => holdContest(contestants, simulate(scenario, size));

it('shows every visit to everybody', { timeout: 30_000 }, () => {
  const { journal, answers } = hold(names.map((name) => enter(name, world)));
  expect([...answers.keys()]).toEqual(names);
  for (const said of answers.values()) expect(said.ids.length).toBe(journal.length);
});

it('gives the same answers again', { timeout: 30_000 }, () => {
  const said = [0, 1].map(() => {
    const { journal, answers } = hold(names.map((name) => enter(name, world)));
    return [...answers.values()].map((all) => countsOf(journal, all));
  });
  expect(said[0]).toEqual(said[1]);
});

it('hands a token to who may have it, the id that the browser was last given, and to nobody else', () => {
  const handed: (number | undefined)[][] = [[], []];
  const contestant = (tokens: boolean): Contestant => ({
    name: tokens ? 'whorl-tokens' : 'whorl',
    tokens,
    answer: ({ browser }, token) => {
      handed[Number(tokens)]?.push(token);
      expect([undefined, browser]).toContain(token);
      return { id: browser, found: token !== undefined };
    },
  });
  hold([contestant(false), contestant(true)]);
  expect(new Set(handed[0])).toEqual(new Set([undefined]));
  expect(handed[1]?.filter((token) => token !== undefined).length).toBeGreaterThan(10);
});

it('gives no token where a matcher issues none', () => {
  const shy: Contestant = {
    name: 'whorl-tokens',
    tokens: true,
    answer: (_, token) => {
      expect(token).toBeUndefined();
      return { id: 0, found: false, issues: false };
    },
  };
  hold([shy]);
});

it('recognises all that a cookie can, and measures the rest of the others', () => {
  const { journal, answers } = hold([enter('cookie', world), enter('fpjs', { ...world, tokens: true })]);
  const [cookie, hash] = [...answers.values()].map((said) => countsOf(journal, said).all);
  expect(cookie?.visits).toBe(journal.length);
  expect(cookie?.recognised).toBeGreaterThan(0);
  expect(cookie?.falseMerges).toBe(0);
  expect(hash?.visits).toBeLessThan(journal.length);
});

it('shows a matcher nothing of the truth', () => {
  const seen: string[] = [];
  const [visit] = simulate(scenario, size);
  if (visit === undefined) throw new Error('nobody came');
  const proxied = enter('fpjs', world);
  // A visit that tells who asks for anything else than a server would see.
  const watched = new Proxy(visit, {
    get: (target, name) => {
      seen.push(String(name));
      return Reflect.get(target, name);
    },
  });
  proxied.answer(watched);
  const allowed: (keyof SeenVisit)[] = ['time', 'components', 'browserDetails', 'address', 'network'];
  expect(new Set(seen)).toEqual(new Set(allowed));
});
