import { calibrated, countCases, type IdentityModel } from '@whorl/engine';
import { describe, expect, it, vi } from 'vitest';
import { readIdentityModel } from '../identity-model.ts';
import { Counts } from './counts.ts';
import { LocalModels } from './local-models.ts';
import { scopedCounts } from './scoped-counts.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const HOUR = 3_600_000;
const [HERE, THERE] = [1, 2];

const setUp = async (kept?: number): Promise<{ models: LocalModels; counts: Counts }> => {
  const sums = new Map<number, number>();
  const counts = new Counts({
    readCounts: async (keys) => keys.map((key) => sums.get(key) ?? 0),
    raiseCounts: async (raises) => {
      for (const { key, by } of raises) sums.set(key, (sums.get(key) ?? 0) + by);
    },
    dropFaintCounts: async () => null,
  });
  return { models: new LocalModels(await readIdentityModel(), counts, kept), counts };
};

/** What a link on Windows that scores 3 stands for. */
const confidence = ({ curves }: IdentityModel): number => calibrated(curves.links.Windows, 3, Number.NaN);

describe('LocalModels', () => {
  it('believes scores here as far as they were right here, from the next hour on, and elsewhere as shipped', async () => {
    const { models, counts } = await setUp();
    const shipped = confidence(await readIdentityModel());
    await models.prepare([HERE, THERE], NOON);
    const wrong = { kind: 'links', group: 'Windows', score: 3.1, outcome: 'wrong', weight: 500 } as const;
    counts.raise(scopedCounts(() => 0, HERE).raised(countCases([wrong])), NOON);
    await models.prepare([HERE], NOON + HOUR / 2);
    expect(confidence(models.of(HERE))).toBe(shipped);
    await models.prepare([HERE, THERE], NOON + HOUR);
    expect(confidence(models.of(HERE))).toBeLessThan(shipped / 2);
    expect(confidence(models.of(THERE))).toBe(shipped);
  });

  it('decides as shipped where nothing was made ready', async () => {
    const { models } = await setUp();
    expect(confidence(models.of(77))).toBe(confidence(await readIdentityModel()));
  });

  it('keeps the models of the scopes that were asked for last, and learns those of others anew', async () => {
    const { models, counts } = await setUp(2);
    const prepare = vi.spyOn(counts, 'prepare');
    const learntBy = async (scopes: number[]): Promise<number> => {
      prepare.mockClear();
      await models.prepare(scopes, NOON);
      return prepare.mock.calls.length;
    };
    expect(await learntBy([HERE, THERE])).toBe(2);
    expect(await learntBy([HERE])).toBe(0);
    expect(await learntBy([77])).toBe(1);
    expect(await learntBy([HERE])).toBe(0);
    expect(await learntBy([THERE])).toBe(1);
  });
});
