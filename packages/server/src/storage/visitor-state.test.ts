import { firstProfile, keysOf, nextProfile } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { scopedKey } from './scoped-key.ts';
import type { EventRecord } from './store.ts';
import { NOON, sampleRecord } from './testing/sample-event.ts';
import { SCOPE, samplePortrait, teaching } from './testing/sample-portrait.ts';
import { afterEvent, refiled, type VisitorState } from './visitor-state.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const visit = (time: number, lesson: Partial<EventRecord> = {}): EventRecord => sampleRecord({ time }, lesson);
const taught = (time: number, keys: number[], name = 'Linux'): EventRecord =>
  visit(time, teaching({ features: { os: name }, portrait: samplePortrait({ timezone: name }, time), keys }));
const after = (...records: EventRecord[]): VisitorState => {
  const [first, ...rest] = records;
  if (first === undefined) throw new Error('no records');
  return rest.reduce<VisitorState>(afterEvent, afterEvent(undefined, first));
};

describe('afterEvent', () => {
  it('keeps the same of a visitor in whatever order its visits come', () => {
    const visits = [
      taught(NOON, [1, 2], 'a'),
      visit(NOON + HOUR),
      taught(NOON + 2 * HOUR, [2, 3], 'b'),
      visit(NOON - HOUR),
    ];
    const { profile: _, ...expected } = after(...visits);
    expect(expected).toMatchObject({
      firstSeen: NOON - HOUR,
      lastSeen: NOON + 2 * HOUR,
      trustedAt: NOON + 2 * HOUR,
      features: { os: 'b' },
      keys: [2, 3],
      hour: NOON / HOUR + 2,
    });
    for (const order of [
      [3, 2, 1, 0],
      [2, 0, 3, 1],
      [1, 3, 0, 2],
      [0, 2, 3, 1],
    ]) {
      const { profile, ...state } = after(...order.flatMap((at) => visits[at] ?? []));
      expect(state).toEqual(expected);
      expect(profile).not.toBeNull();
    }
  });

  it('teaches the profile where the visit may, and else nothing, not even that there was one', () => {
    const [first, second] = [taught(NOON, [1]), taught(NOON + HOUR, [1], 'b')];
    const known = firstProfile(samplePortrait({ timezone: 'Linux' }, NOON));
    expect(after(first).profile).toEqual(known);
    expect(after(first, second).profile).toEqual(nextProfile(known, samplePortrait({ timezone: 'b' }, NOON + HOUR)));
    expect(after(first, visit(NOON + MINUTE)).profile).toEqual(known);
    // Older than what has been learnt.
    expect(after(first, taught(NOON - HOUR, [9], 'c')).profile).toEqual(known);
    expect(after(visit(NOON)).profile).toBeNull();
  });

  it('files the visitor under where it was before as well', () => {
    const at = (address: string, time: number, keys: number[]) =>
      visit(time, teaching({ portrait: samplePortrait({ address }, time), keys }));
    const state = after(at('198.51.100.1', NOON, [1, 2]), at('198.51.100.2', NOON + HOUR, [1, 3]));
    const home = keysOf(samplePortrait({ address: '198.51.100.1' })).find(({ name }) => name === 'address');
    expect(state.keys).toEqual([1, 3, scopedKey(SCOPE, home?.key ?? 0)]);
    expect(afterEvent(state, at('198.51.100.1', NOON + 2 * HOUR, [1, 2])).keys).toHaveLength(3);
  });

  it('files the device with the other keys, each once', () => {
    expect(after(visit(NOON, teaching({ keys: [4, 4, 5], deviceKey: 5 }))).keys).toEqual([4, 5]);
    expect(after(visit(NOON, teaching({ keys: [4], deviceKey: 6 }))).keys).toEqual([4, 6]);
  });
});

describe('refiled', () => {
  it('moves nothing for who comes back within the hour and looks the same', () => {
    const before = after(taught(NOON, [1, 2]));
    expect(refiled(before, afterEvent(before, taught(NOON + HOUR - 1, [2, 1])))).toEqual({ gone: [], added: [] });
    expect(refiled(before, afterEvent(before, visit(NOON + 5 * HOUR)))).toEqual({ gone: [], added: [] });
  });

  it('moves the keys that changed, and all of them in another hour', () => {
    const hour = NOON / HOUR;
    const before = after(taught(NOON, [1, 2]));
    expect(refiled(undefined, before)).toEqual({
      gone: [],
      added: [1, 2].map((key) => ({ key, hour })),
    });
    expect(refiled(before, afterEvent(before, taught(NOON + 1, [2, 3])))).toEqual({
      gone: [{ key: 1, hour }],
      added: [{ key: 3, hour }],
    });
    expect(refiled(before, afterEvent(before, taught(NOON + HOUR, [1, 2])))).toEqual({
      gone: [1, 2].map((key) => ({ key, hour })),
      added: [1, 2].map((key) => ({ key, hour: hour + 1 })),
    });
  });
});
