import { existsSync, readFileSync } from 'node:fs';
import { signalNames } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { arbitraryFacts, chanceOf } from '../testing/arbitrary-facts.ts';
import { exceptions } from '../testing/exceptions.ts';
import { signalRegistry } from './registry.ts';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const here = (path: string): URL => new URL(path, import.meta.url);
const docs = (path: string): URL => here(`../../../../docs/signals/${path}`);
const read = (path: URL): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const index = read(docs('README.md'));

/** Facts of every sort that the schemas let through, judged once for all signals. */
const judgements = Array.from({ length: 2_000 }, (_, seed) => judge(arbitraryFacts(chanceOf(seed))).signals);

const HEADINGS = ['Evidence', 'How sure', 'Known false answers', 'How to test it'];

/** The parts of a page by their headings; what it means stands before the first. */
const partsOf = (page: string): Map<string, string> =>
  new Map(
    page.split(/^## /m).map((part, at) => {
      const [heading = '', ...lines] = part.split('\n');
      return [at === 0 ? 'Meaning' : heading, lines.join('\n').trim()];
    }),
  );

describe('signalRegistry', () => {
  it('judges the products of the contract in its order', () => {
    expect(Object.keys(signalRegistry)).toEqual(signalNames);
  });

  describe.each(signalNames)('%s', (name) => {
    const page = read(docs(`${kebab(name)}.md`));

    it('has a file named after it that exports its judge', () => {
      const judge = `judge${name[0]?.toUpperCase()}${name.slice(1)}`;
      expect(read(here(`./${kebab(name)}.ts`))).toContain(`export const ${judge}: SignalJudge<'${name}'>`);
    });

    it('is excepted only for a reason that is given', () => {
      for (const reasons of Object.values(exceptions)) {
        if (name in reasons) expect(reasons[name]?.length ?? 0).toBeGreaterThan(10);
      }
    });

    it('has a test with its fixtures', () => {
      // describeSignal itself fails where a kind of fixture is missing without a reason.
      expect(read(here(`./${kebab(name)}.test.ts`))).toContain(`describeSignal('${name}'`);
    });

    it('has a page that tells what it means, from what, how sure, what misleads it and how to test it', () => {
      const parts = partsOf(page);
      expect(page).toMatch(new RegExp(`^# ${name}\\n`));
      for (const part of ['Meaning', ...HEADINGS]) expect(parts.get(part)?.length ?? 0, part).toBeGreaterThan(15);
      expect(parts.get('How to test it')).toContain(`packages/engine/src/signals/${kebab(name)}.test.ts`);
      expect(index).toContain(`[${name}](${kebab(name)}.md)`);
    });

    it('comes to every state that is not excepted, and to no other, whatever the facts', () => {
      const states = { fires: 'detected', quiet: 'clear', lacks: 'unknown' } as const;
      const met = new Set<string>(judgements.map((signals) => signals[name].state));
      for (const kind of ['fires', 'quiet', 'lacks'] as const) {
        expect(met.has(states[kind]), kind).toBe(exceptions[kind][name] === undefined);
      }
    });

    it('is no constant, and names its evidence in every state', () => {
      expect(new Set(judgements.map((signals) => JSON.stringify(signals[name]))).size).toBeGreaterThan(1);
      for (const signals of judgements) {
        const { state, confidence, evidence } = signals[name];
        expect(evidence, state).not.toHaveLength(0);
        for (const { fact, from } of evidence) expect([fact, from]).not.toContain('');
        expect(state === 'unknown' ? confidence === 0 : confidence > 0).toBe(true);
      }
    });
  });
});
