import { expect, it } from 'vitest';
import { scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { type StalkerFingerprint, stalkerFingerprint } from './fp-stalker-fingerprint.ts';
import { FpStalkerMatcher } from './fp-stalker-matcher.ts';
import { type Answer, type Matcher, type SeenVisit, seenOf } from './matcher.ts';
import { sampleVisit, shows } from './testing/sample-visit.ts';
import { textSimilarity } from './text-similarity.ts';

const answerAfter = (first: ReturnType<typeof sampleVisit>, then: ReturnType<typeof sampleVisit>) => {
  const matcher = new FpStalkerMatcher();
  matcher.answer(first);
  return matcher.answer(then);
};

it.each([
  ['a newer version', sampleVisit({ version: 141 })],
  ['another zone', sampleVisit({ components: { timezone: shows('Asia/Tokyo') } })],
  ['a font more', sampleVisit({ components: { fonts: shows(['Arial', 'Calibri', 'Verdana', 'Zapfino']) } })],
  ['a version and a zone', sampleVisit({ version: 141, components: { timezone: shows('Asia/Tokyo') } })],
])('follows %s', (_, visit) => {
  expect(answerAfter(sampleVisit(), visit)).toEqual({ id: 0, found: true });
});

it.each([
  ['an older version', sampleVisit({ version: 139 })],
  ['another canvas', sampleVisit({ components: { canvas: shows({ winding: true, geometry: 'x', text: 'y' }) } })],
  ['one font for another', sampleVisit({ components: { fonts: shows(['Arial', 'Calibri', 'Zapfino']) } })],
  [
    'another zone and another screen',
    sampleVisit({ components: { timezone: shows('Asia/Tokyo'), screenResolution: shows([900, 1440]) } }),
  ],
  [
    'three changes',
    sampleVisit({
      version: 141,
      components: { timezone: shows('Asia/Tokyo'), fonts: shows(['Arial', 'Calibri']) },
    }),
  ],
])('does not follow %s', (_, visit) => {
  expect(answerAfter(sampleVisit(), visit).found).toBe(false);
});

it('does not choose between two visitors that could have changed so', () => {
  const matcher = new FpStalkerMatcher();
  const zones = ['Asia/Tokyo', 'Asia/Seoul'].map((zone) => sampleVisit({ components: { timezone: shows(zone) } }));
  const [first, second] = zones.map((visit) => matcher.answer(visit, zones.indexOf(visit)).id);
  expect(first).not.toBe(second);
  expect(matcher.answer(sampleVisit()).found).toBe(false);
});

it('compares with the latest fingerprint of a visitor, not with older ones', () => {
  const matcher = new FpStalkerMatcher();
  matcher.answer(sampleVisit());
  matcher.answer(sampleVisit({ version: 141 }));
  expect(matcher.answer(sampleVisit()).found).toBe(false);
});

/** The same rules, one visitor after the other. */
class PlainStalker implements Matcher {
  readonly #latest: StalkerFingerprint[] = [];

  answer(visit: SeenVisit): Answer {
    const now = stalkerFingerprint(visit);
    const equal: number[] = [];
    const alike: number[] = [];
    for (const [id, known] of this.#latest.entries()) {
      if (known.constant !== now.constant) continue;
      if (known.whole === now.whole) equal.push(id);
      else if (PlainStalker.#follows(known, now)) alike.push(id);
    }
    const [link] = equal.length === 1 ? equal : alike.length === 1 ? alike : [];
    const id = link ?? this.#latest.length;
    this.#latest[id] = now;
    return { id, found: link !== undefined };
  }

  static #follows(known: StalkerFingerprint, now: StalkerFingerprint): boolean {
    const moved = now.free.filter((value, at) => value !== known.free[at]);
    const similar = now.similar.flatMap((value, at) =>
      value === known.similar[at] ? [] : [[value, known.similar[at]]],
    );
    const added = [...now.fonts].some((font) => !known.fonts.has(font));
    const removed = [...known.fonts].some((font) => !now.fonts.has(font));
    const fonts = now.fontsText === known.fontsText ? 0 : 1;
    return (
      now.version >= known.version &&
      moved.length <= 1 &&
      moved.length + similar.length + fonts <= 2 &&
      !(added && removed) &&
      similar.every(([value = '', before = '']) => textSimilarity(before, value) >= 0.75)
    );
  }
}

it('answers as if it compared with every visitor, one after the other', { timeout: 30_000 }, () => {
  const [indexed, plain] = [new FpStalkerMatcher(), new PlainStalker()];
  let found = 0;
  for (const visit of simulate(scenarios['web-mix'], { visitors: 400, days: 60, seed: 3 })) {
    const answer = indexed.answer(seenOf(visit));
    expect(answer).toEqual(plain.answer(seenOf(visit)));
    found += Number(answer.found);
  }
  expect(found).toBeGreaterThan(500);
});
