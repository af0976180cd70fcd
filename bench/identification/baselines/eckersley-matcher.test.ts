import { expect, it } from 'vitest';
import { EckersleyMatcher } from './eckersley-matcher.ts';
import { sampleVisit, shows } from './testing/sample-visit.ts';

const timezone = (zone: string) => sampleVisit({ components: { timezone: shows(zone) } });

it('follows a single change, and the next one from there', () => {
  const matcher = new EckersleyMatcher();
  const { id } = matcher.answer(sampleVisit());
  expect(matcher.answer(sampleVisit({ version: 141 }))).toEqual({ id, found: true });
  expect(matcher.answer(sampleVisit({ version: 142 }))).toEqual({ id, found: true });
});

it('does not follow two changes at once', () => {
  const matcher = new EckersleyMatcher();
  matcher.answer(sampleVisit());
  const both = sampleVisit({ version: 141, components: { timezone: shows('Asia/Tokyo') } });
  expect(matcher.answer(both).found).toBe(false);
});

it('does not follow a text that became another', () => {
  const matcher = new EckersleyMatcher();
  matcher.answer(sampleVisit());
  expect(matcher.answer(sampleVisit({ components: { fonts: shows(['Ubuntu', 'Noto Sans']) } })).found).toBe(false);
});

it('does not choose between two visitors', () => {
  const matcher = new EckersleyMatcher();
  const both = sampleVisit({ version: 150, components: { timezone: shows('Asia/Tokyo') } });
  const { id } = matcher.answer(sampleVisit());
  expect(matcher.answer(both).id).not.toBe(id);
  // One differs from the first by its zone alone, and from the second by its version alone.
  expect(matcher.answer(timezone('Asia/Tokyo')).found).toBe(false);
});
