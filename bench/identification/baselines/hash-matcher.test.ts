import { expect, it } from 'vitest';
import { CookieMatcher } from './cookie-matcher.ts';
import { fingerprintJsHash } from './fingerprintjs-hash.ts';
import { HashMatcher } from './hash-matcher.ts';
import { sampleVisit, shows } from './testing/sample-visit.ts';
import { thumbmarkHash } from './thumbmark-hash.ts';

const inTokyo = sampleVisit({ components: { timezone: shows('Asia/Tokyo') } });

it.each([
  ['FingerprintJS', fingerprintJsHash],
  ['Thumbmark', thumbmarkHash],
])('recognises by the hash of %s: the same is one, anything else another', (_, hashOf) => {
  const matcher = new HashMatcher(hashOf);
  const first = matcher.answer(sampleVisit());
  expect(first.found).toBe(false);
  expect(matcher.answer(sampleVisit())).toEqual({ id: first.id, found: true });
  expect(matcher.answer(inTokyo).found).toBe(false);
});

it('follows a token, and then knows the hash that came with it', () => {
  const matcher = new HashMatcher(fingerprintJsHash);
  const { id } = matcher.answer(sampleVisit());
  expect(matcher.answer(inTokyo, id)).toEqual({ id, found: true });
  expect(matcher.answer(inTokyo)).toEqual({ id, found: true });
});

it('takes a canvas that changes at every drawing for unstable, as FingerprintJS does', () => {
  const noisy = (text: string) =>
    sampleVisit({ components: { canvas: { ...shows({ winding: true, geometry: text, text }), noised: true } } });
  expect(fingerprintJsHash(noisy('one'))).toBe(fingerprintJsHash(noisy('two')));
  expect(fingerprintJsHash(noisy('one'))).not.toBe(fingerprintJsHash(sampleVisit()));
});

it('leaves out of a Thumbmark-style hash what Brave randomises', () => {
  const brave = (cores: number) =>
    sampleVisit({
      components: {
        hardwareConcurrency: shows(cores),
        privacy: shows({ brave: true, screenEqualsWindow: false }),
      },
    });
  expect(thumbmarkHash(brave(4))).toBe(thumbmarkHash(brave(8)));
});

it('knows nobody without a cookie', () => {
  const matcher = new CookieMatcher();
  const { id } = matcher.answer(sampleVisit());
  expect(matcher.answer(sampleVisit()).id).not.toBe(id);
  expect(matcher.answer(inTokyo, id)).toEqual({ id, found: true });
});
