import { expect, it } from 'vitest';
import { FpStalkerMatcher } from './fp-stalker-matcher.ts';
import { sampleVisit, shows } from './testing/sample-visit.ts';

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
