import { describe, expect, it } from 'vitest';
import { CountedCrowd, portraitShowing } from '../testing/counted-crowd.ts';
import { surpriseOf } from './surprise.ts';

const office = portraitShowing({ gpu: 'UHD 620', cores: '8', memory: '8' });
const gamer = portraitShowing({ gpu: 'RTX 4090', cores: '16', memory: '32' });
const mixed = portraitShowing({ gpu: 'UHD 620', cores: '16', memory: '32' });

describe('surpriseOf', () => {
  it('is the less, the more have what is shown', () => {
    const { countOf } = new CountedCrowd().add(90, office).add(10, gamer);
    const [common, rare, never] = [office, gamer, mixed].map((portrait) => surpriseOf(countOf, portrait, 0).bits);
    expect(common).toBeLessThan(1);
    expect(rare).toBeGreaterThan(3);
    expect(never).toBeGreaterThan(rare ?? 0);
  });

  it('counts pairs that always go together once', () => {
    const { countOf } = new CountedCrowd().add(90, office).add(10, gamer);
    const { values } = surpriseOf(countOf, gamer, 0);
    const bits = Object.fromEntries(values.map(({ attribute, bits }) => [attribute, bits]));
    expect(bits.gpu).toBeGreaterThan(3);
    // With that graphics card the rest is no surprise any more.
    expect(bits.cores).toBeLessThan(0.2);
    expect(bits.memory).toBeLessThan(0.2);
  });

  it('tells how many would have a value that nobody has beside these', () => {
    const { countOf } = new CountedCrowd().add(60, office).add(40, gamer);
    const cores = surpriseOf(countOf, mixed, 0).values.find(({ attribute }) => attribute === 'cores');
    expect(cores).toMatchObject({ beside: ['device', 'gpu'], seen: 0, among: 60, expected: 24 });
  });

  it('leaves the visitor itself out, and what it hides', () => {
    const alone = new CountedCrowd().add(99, office);
    const before = surpriseOf(alone.countOf, gamer, 0);
    const after = surpriseOf(alone.add(1, gamer).countOf, gamer, 1);
    expect(after).toMatchObject({ visitors: 99, alike: 0 });
    expect(after.bits).toBeCloseTo(before.bits, 0);
    expect(surpriseOf(alone.countOf, portraitShowing({ gpu: 'UHD 620' }), 0).values).toHaveLength(1);
    expect(surpriseOf(alone.countOf, office, 0).alike).toBe(99);
  });

  it('is finite where nobody was counted', () => {
    const { bits, visitors } = surpriseOf(() => 0, gamer, 0);
    expect([visitors, Number.isFinite(bits)]).toEqual([0, true]);
    expect(surpriseOf(() => 0, gamer, 1).bits).toBe(bits);
  });
});
