import { attributeNames, countEarlier, firstProfile, keysOf, nextProfile } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { scopedKey } from '../../scoped-key.ts';
import { MOST_FOUND, type RecallRequest, VISITORS_PER_KEY } from '../../store.ts';
import { NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import { SCOPE, samplePortrait, teaching } from '../sample-portrait.ts';
import type { Opened } from '../store-suite.ts';

const KEY_A = 0xaa;
/** The largest that a key can be. */
const KEY_B = 2 ** 53 - 1;
const UNKNOWN = 77;
const VISITOR = 'visitorAAAAAAAAAAAA1';
const HOUR = 3_600_000;
const DAY = 86_400_000;

const question = (traits: Partial<RecallRequest> = {}): RecallRequest => ({
  workspaceId: WORKSPACE,
  visitorIds: [],
  keys: [],
  nonce: 'unused',
  bodyHash: 'unseen',
  sightingKey: 'unsighted',
  ...traits,
});

/** Teaches features and keys. */
const lesson = (features: Record<string, string>, ...keys: number[]) => teaching({ features, keys });

export const describeRecall = (opened: Opened): void => {
  const recall = async (traits: Partial<RecallRequest>) => {
    const [answer] = await opened().store.recall([question(traits)]);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  };
  const visit = (time: number, rest: Parameters<typeof sampleRecord>[1] = {}, visitorId = VISITOR) =>
    opened().store.record([sampleRecord({ time, visitorId }, rest)]);
  const idsOf = async (keys: number[]) => (await recall({ keys })).found.map(({ visitorId }) => visitorId);
  const crowdOf = (size: number) => Array.from({ length: size }, (_, at) => `crowd${String(at).padStart(15, '0')}`);

  describe('recall', () => {
    it('knows nothing in an empty store, and answers as many as it was asked', async () => {
      const { store } = opened();
      const nothing = { visitors: [], found: [], read: [0], nonceUsed: false, bodySeen: false, sighting: null };
      expect(await store.recall([])).toEqual([]);
      const asked = question({ keys: [KEY_A], visitorIds: [VISITOR] });
      expect(await store.recall([asked, asked])).toEqual([nothing, nothing]);
      expect(await store.recall([question()])).toEqual([{ ...nothing, read: [] }]);
    });

    it('finds a visitor by id and by each of its keys', async () => {
      await visit(NOON, lesson({ os: 'Linux', jazyk: 'čeština 🇨🇿', empty: '' }, KEY_A, KEY_B));
      const seen = {
        visitorId: VISITOR,
        profile: firstProfile(samplePortrait()),
        firstSeen: { workspace: NOON, server: NOON },
        lastSeen: { workspace: NOON, server: NOON },
      };
      const answer = await recall({ visitorIds: [VISITOR, 'nobodyAAAAAAAAAAAAA1'], keys: [KEY_B, UNKNOWN, KEY_A] });
      expect(answer.visitors).toEqual([{ ...seen, features: { os: 'Linux', jazyk: 'čeština 🇨🇿', empty: '' } }]);
      expect(answer.found).toEqual([{ ...seen, foundBy: 0b101 }]);
      expect(answer.read).toEqual([1, 0, 1]);
    });

    it('moves first and last seen with each visit, also of those that keys lead to', async () => {
      await visit(NOON, lesson({ os: 'Linux' }, KEY_A));
      await visit(NOON + DAY);
      const times = {
        firstSeen: { workspace: NOON, server: NOON },
        lastSeen: { workspace: NOON + DAY, server: NOON + DAY },
      };
      expect(await recall({ visitorIds: [VISITOR], keys: [KEY_A] })).toMatchObject({
        visitors: [times],
        found: [times],
      });
    });

    it('takes the first time on the server from the decision', async () => {
      const record = sampleRecord({ visitorId: VISITOR });
      record.event.identity.firstSeen = { workspace: NOON, server: NOON - DAY };
      await opened().store.record([record]);
      expect((await recall({ visitorIds: [VISITOR] })).visitors).toMatchObject([
        { firstSeen: { workspace: NOON, server: NOON - DAY } },
      ]);
    });

    it('knows a visitor by the features and keys of its last trusted visit', async () => {
      await visit(NOON, lesson({ os: 'Linux 6' }, KEY_A));
      await visit(NOON + 1, lesson({ os: 'Linux 7' }, KEY_B));
      await visit(NOON + 2);
      const answer = await recall({ visitorIds: [VISITOR], keys: [KEY_A, KEY_B] });
      expect(answer.visitors).toMatchObject([{ features: { os: 'Linux 7' }, lastSeen: { workspace: NOON + 2 } }]);
      expect(answer.found).toMatchObject([{ visitorId: VISITOR, foundBy: 0b10 }]);
      expect(answer.read).toEqual([0, 1]);
    });

    it('is not misled by a visit that is recorded late', async () => {
      await visit(NOON + 5, lesson({ os: 'new' }, KEY_B));
      await visit(NOON, lesson({ os: 'old' }, KEY_A));
      const answer = await recall({ visitorIds: [VISITOR], keys: [KEY_A, KEY_B] });
      expect(answer.visitors).toMatchObject([
        { features: { os: 'new' }, firstSeen: { workspace: NOON }, lastSeen: { workspace: NOON + 5 } },
      ]);
      expect(answer.found).toMatchObject([{ foundBy: 0b10 }]);
    });

    it('keeps a profile of what each visit has taught, one after the other, also within one call', async () => {
      const [home, work] = [samplePortrait({}, NOON), samplePortrait({ timezone: 'Europe/London' }, NOON + HOUR)];
      const [first, second, third] = [
        sampleRecord({ visitorId: VISITOR }, teaching({ portrait: home, keys: [KEY_A] })),
        sampleRecord({ visitorId: VISITOR, time: NOON + HOUR }, teaching({ portrait: work, keys: [KEY_A] })),
        sampleRecord({ visitorId: VISITOR, time: NOON + 2 * HOUR }),
      ];
      await opened().store.record([first, second]);
      await opened().store.record([third]);
      const expected = nextProfile(firstProfile(home), work);
      expect(countEarlier(expected, attributeNames.indexOf('timezone'))).toBe(1);
      const answer = await recall({ visitorIds: [VISITOR], keys: [KEY_A] });
      expect(answer.visitors[0]?.profile).toEqual(expected);
      expect(answer.found[0]?.profile).toEqual(expected);
    });

    it('finds a visitor where it was before, until it is forgotten', async () => {
      const at = (address: string, time: number) => {
        const portrait = samplePortrait({ address }, time);
        const named = keysOf(portrait).map(({ name, key }) => ({ name, key: scopedKey(SCOPE, key) }));
        const place = named.find(({ name }) => name === 'address')?.key ?? 0;
        return { place, visit: () => visit(time, teaching({ portrait, keys: named.map(({ key }) => key) })) };
      };
      const [home, away] = [at('198.51.100.1', NOON), at('203.0.113.80', NOON + HOUR)];
      const { place } = home;
      await home.visit();
      await away.visit();
      expect(await idsOf([place])).toEqual([VISITOR]);
      await opened().store.eraseVisitor(WORKSPACE, VISITOR);
      expect(await idsOf([place])).toEqual([]);
    });

    it('gives many profiles back as they were, whatever their bytes', async () => {
      const portraits = Array.from({ length: 40 }, (_, at) => ({
        ...samplePortrait(),
        values: new Uint32Array(attributeNames.length).map(
          (_, word) => [0, 0x80ff00c3, 0xfffffffe, 0x22270a00][(at + word) % 4] ?? 0,
        ),
        osVersion: at,
      }));
      const crowd = crowdOf(portraits.length);
      await opened().store.record(
        portraits.map((portrait, at) =>
          sampleRecord({ visitorId: crowd[at] ?? '', time: NOON + at }, teaching({ portrait, keys: [KEY_A] })),
        ),
      );
      const { found } = await recall({ keys: [KEY_A] });
      expect(found.map(({ profile }) => profile)).toEqual(portraits.map(firstProfile).toReversed());
    });

    it('knows a visitor that nothing was learnt of by its id alone', async () => {
      await visit(NOON);
      expect(await recall({ visitorIds: [VISITOR] })).toMatchObject({ visitors: [{ features: {}, profile: null }] });
      await visit(NOON + 1, lesson({ os: 'Linux' }, KEY_A));
      expect(await recall({ visitorIds: [VISITOR], keys: [KEY_A] })).toMatchObject({
        visitors: [{ features: { os: 'Linux' }, profile: firstProfile(samplePortrait()) }],
        found: [{ visitorId: VISITOR }],
      });
    });

    it('takes a key that is named twice once', async () => {
      await visit(NOON, teaching({ keys: [KEY_A, KEY_A], deviceKey: KEY_A }));
      expect((await recall({ keys: [KEY_A] })).read).toEqual([1]);
    });

    it('files a visitor that comes back later before others, and within the hour where it is', async () => {
      const [one, two] = ['visitorAAAAAAAAAAAA1', 'visitorAAAAAAAAAAAA2'];
      await visit(NOON, lesson({}, KEY_A), one);
      await visit(NOON + 1, lesson({}, KEY_A), two);
      expect(await idsOf([KEY_A])).toEqual([two, one]);
      await visit(NOON + HOUR - 1, lesson({}, KEY_A), one);
      expect(await idsOf([KEY_A])).toEqual([two, one]);
      await visit(NOON + HOUR, lesson({}, KEY_A), one);
      expect(await idsOf([KEY_A])).toEqual([one, two]);
      expect((await recall({ keys: [KEY_A] })).read).toEqual([2]);
    });

    it('reads the newest visitors of a crowded key, newest first', async () => {
      const crowd = crowdOf(VISITORS_PER_KEY + 5);
      await opened().store.record(
        crowd.map((visitorId, at) => sampleRecord({ time: NOON + at, visitorId }, lesson({ at: `${at}` }, KEY_A))),
      );
      expect(await idsOf([KEY_A])).toEqual(crowd.toReversed().slice(0, VISITORS_PER_KEY));
      expect((await recall({ keys: [KEY_A] })).read).toEqual([VISITORS_PER_KEY]);
      const oldest = crowd[0] ?? '';
      await visit(NOON + HOUR, lesson({}, KEY_A), oldest);
      expect(await idsOf([KEY_A])).toEqual([oldest, ...crowd.toReversed().slice(0, VISITORS_PER_KEY - 1)]);
    });

    it('reads no more visitors than it may, those of the first keys before others, and each once', async () => {
      const keys = [KEY_A, 1, KEY_B, 3];
      const crowd = crowdOf(keys.length * 30);
      await opened().store.record(
        crowd.map((visitorId, at) =>
          // All of the second key are of the first as well.
          sampleRecord({ time: NOON + at, visitorId }, lesson({}, keys[at % 4] ?? 0, ...(at % 4 === 1 ? [KEY_A] : []))),
        ),
      );
      const { found, read } = await recall({ keys });
      expect(read).toEqual([VISITORS_PER_KEY, 30, 30, 30]);
      expect(found).toHaveLength(MOST_FOUND);
      expect(new Set(found.map(({ visitorId }) => visitorId)).size).toBe(MOST_FOUND);
      const masks = found.map(({ foundBy }) => foundBy);
      const [both, second, third] = [0b11, 0b10, 0b100].map((mask) => masks.filter((one) => one === mask).length);
      expect(both).toBe(24);
      expect(masks.slice(0, VISITORS_PER_KEY).every((mask) => (mask & 1) === 1)).toBe(true);
      expect([second, third]).toEqual([6, 30]);
      expect(masks.slice(-12).every((mask) => mask === 0b1000)).toBe(true);
    });

    it('keeps workspaces apart, but for sightings', async () => {
      await visit(NOON, { ...lesson({}, KEY_A), sightingKey: 'seen' });
      await opened().store.record([
        sampleRecord({ time: NOON + 9, workspaceId: OTHER_WORKSPACE }, { sightingKey: 'seen' }),
      ]);
      const elsewhere = { workspaceId: OTHER_WORKSPACE, visitorIds: [VISITOR], keys: [KEY_A], sightingKey: 'seen' };
      expect(await recall(elsewhere)).toMatchObject({
        visitors: [],
        found: [],
        sighting: { first: NOON, last: NOON + 9 },
      });
    });

    it('gives one visitor id two lives in two workspaces', async () => {
      await visit(NOON, lesson({ os: 'a' }, KEY_A));
      const there = { time: NOON + 3, visitorId: VISITOR, workspaceId: OTHER_WORKSPACE };
      await opened().store.record([sampleRecord(there, lesson({ os: 'b' }, KEY_A))]);
      for (const [workspaceId, os, time] of [
        [WORKSPACE, 'a', NOON],
        [OTHER_WORKSPACE, 'b', NOON + 3],
      ] as const) {
        const lastSeen = { workspace: time };
        expect(await recall({ workspaceId, visitorIds: [VISITOR], keys: [KEY_A] })).toMatchObject({
          visitors: [{ features: { os }, lastSeen }],
          found: [{ visitorId: VISITOR, lastSeen }],
        });
      }
    });

    it('answers each of many requests by its own keys', async () => {
      const ids = crowdOf(3);
      await opened().store.record(
        ids.map((visitorId, at) => sampleRecord({ visitorId, time: NOON + at }, lesson({}, at, KEY_B))),
      );
      const answers = await opened().store.recall([
        question({ keys: [2, UNKNOWN] }),
        question({ keys: [] }),
        question({ keys: [0, KEY_B], workspaceId: OTHER_WORKSPACE }),
        question({ keys: [KEY_B, 0] }),
      ]);
      const told = answers.map(({ found, read }) => ({
        read,
        found: found.map(({ visitorId, foundBy }) => [visitorId, foundBy]),
      }));
      expect(told).toEqual([
        { read: [1, 0], found: [[ids[2], 1]] },
        { read: [], found: [] },
        { read: [1, 3], found: [] },
        {
          read: [3, 1],
          found: [
            [ids[2], 1],
            [ids[1], 1],
            [ids[0], 3],
          ],
        },
      ]);
    });

    it('remembers nonces and bodies apart', async () => {
      await visit(NOON, { nonce: 'n'.repeat(32), bodyHash: 'b'.repeat(32) });
      expect(await recall({ nonce: 'n'.repeat(32), bodyHash: 'b'.repeat(32) })).toMatchObject({
        nonceUsed: true,
        bodySeen: true,
      });
      expect(await recall({ nonce: 'b'.repeat(32), bodyHash: 'n'.repeat(32) })).toMatchObject({
        nonceUsed: false,
        bodySeen: false,
      });
    });

    it('keeps the first and the last sighting, in whatever order they come', async () => {
      for (const time of [NOON, NOON + 7, NOON - 7]) await visit(time, { sightingKey: 'seen' });
      expect((await recall({ sightingKey: 'seen' })).sighting).toEqual({ first: NOON - 7, last: NOON + 7 });
    });
  });
};
