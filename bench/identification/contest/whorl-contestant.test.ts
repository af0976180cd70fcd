import { describe, expect, it } from 'vitest';
import { readIdentityModel } from '../../../packages/server/src/identity-model.ts';
import { seenOf } from '../baselines/matcher.ts';
import { summarise } from '../metrics/summarise.ts';
import { scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { type ContestantName, enter } from './contestants.ts';
import { holdContest } from './hold-contest.ts';
import { WhorlContestant } from './whorl-contestant.ts';

const model = await readIdentityModel();
const size = { visitors: 400, days: 60, seed: 4 };
const world = {
  ...size,
  scenario: scenarios.hostile,
  strict: false,
  tokens: false,
  oracleSample: 1,
  model: () => model,
};

const hold = (names: readonly ContestantName[]) => {
  const { journal, answers } = holdContest(
    names.map((name) => enter(name, world)),
    simulate(world.scenario, size),
  );
  return new Map([...answers].map(([name, said]) => [name, summarise(journal, said).tokens]));
};

describe('WhorlContestant', { timeout: 60_000 }, () => {
  it('follows the tokens of the browser itself, and few copies, where a cookie follows all', () => {
    const tokens = hold(['whorl-tokens', 'cookie']);
    expect(tokens.get('cookie')?.copied).toEqual({ handed: expect.any(Number), followed: 1 });
    const { own, copied, alike } = tokens.get('whorl-tokens') ?? {};
    expect(own?.followed).toBeGreaterThan(0.97);
    expect(copied?.handed).toBeGreaterThan(20);
    expect(copied?.followed).toBeLessThan(0.5);
    expect(alike?.followed).toBeGreaterThanOrEqual(copied?.followed ?? 1);
  });

  it('gives who brings the token of another machine an id of its own, and no claim on the other', () => {
    const visits = [...simulate(scenarios.easy, { visitors: 40, days: 20, seed: 4 })];
    const [first] = visits;
    const other = visits.find(({ os }) => os !== first?.os);
    if (first === undefined || other === undefined) throw new Error('nobody came');
    const whorl = new WhorlContestant(model, { threshold: 0.8, learns: true });
    const { id } = whorl.answer(seenOf(first));
    expect(whorl.answer(seenOf(first), id)).toMatchObject({ id, found: true, issues: true });
    const thief = whorl.answer(seenOf(other), id);
    expect(thief).toMatchObject({ found: false, issues: true });
    expect(thief.id).not.toBe(id);
  });
});
