import { describe, expect, it } from 'vitest';
import { CANDIDATES_PER_KEY, type RecallRequest } from '../../store.ts';
import { NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const KEY_A = '00000000000000aa';
const KEY_B = '00000000000000bb';
const VISITOR = 'visitorAAAAAAAAAAAA1';
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

const profile = (features: Record<string, string>, ...keys: string[]) => ({ profile: { features, keys } });

export const describeRecall = (opened: Opened): void => {
  const recall = async (traits: Partial<RecallRequest>) => {
    const [answer] = await opened().store.recall([question(traits)]);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  };
  const visit = (time: number, rest: Parameters<typeof sampleRecord>[1] = {}, visitorId = VISITOR) =>
    opened().store.record([sampleRecord({ time, visitorId }, rest)]);

  describe('recall', () => {
    it('knows nothing in an empty store, and answers as many as it was asked', async () => {
      const { store } = opened();
      const nothing = { visitors: [], byKey: [[]], nonceUsed: false, bodySeen: false, sighting: null };
      expect(await store.recall([])).toEqual([]);
      const asked = question({ keys: [KEY_A], visitorIds: [VISITOR] });
      expect(await store.recall([asked, asked])).toEqual([nothing, nothing]);
    });

    it('finds a visitor by id and by each of its keys', async () => {
      await visit(NOON, profile({ os: 'Linux', jazyk: 'čeština 🇨🇿', empty: '' }, KEY_A, KEY_B));
      const row = {
        visitorId: VISITOR,
        features: { os: 'Linux', jazyk: 'čeština 🇨🇿', empty: '' },
        firstSeen: { workspace: NOON, server: NOON },
        lastSeen: { workspace: NOON, server: NOON },
      };
      const answer = await recall({ visitorIds: [VISITOR, 'nobodyAAAAAAAAAAAAA1'], keys: [KEY_B, 'unknown', KEY_A] });
      expect(answer.visitors).toEqual([row]);
      expect(answer.byKey).toEqual([[row], [], [row]]);
    });

    it('moves first and last seen with each visit, also for keys', async () => {
      await visit(NOON, profile({ os: 'Linux' }, KEY_A));
      await visit(NOON + DAY);
      const answer = await recall({ visitorIds: [VISITOR], keys: [KEY_A] });
      expect(answer.visitors).toMatchObject([
        { firstSeen: { workspace: NOON, server: NOON }, lastSeen: { workspace: NOON + DAY, server: NOON + DAY } },
      ]);
      expect(answer.byKey).toEqual([answer.visitors]);
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
      await visit(NOON, profile({ os: 'Linux 6' }, KEY_A));
      await visit(NOON + 1, profile({ os: 'Linux 7' }, KEY_B));
      await visit(NOON + 2);
      const answer = await recall({ visitorIds: [VISITOR], keys: [KEY_A, KEY_B] });
      expect(answer.visitors).toMatchObject([{ features: { os: 'Linux 7' }, lastSeen: { workspace: NOON + 2 } }]);
      expect(answer.byKey).toEqual([[], answer.visitors]);
    });

    it('is not misled by a visit that is recorded late', async () => {
      await visit(NOON + 5, profile({ os: 'new' }, KEY_B));
      await visit(NOON, profile({ os: 'old' }, KEY_A));
      const answer = await recall({ visitorIds: [VISITOR], keys: [KEY_A, KEY_B] });
      expect(answer.visitors).toMatchObject([
        { features: { os: 'new' }, firstSeen: { workspace: NOON }, lastSeen: { workspace: NOON + 5 } },
      ]);
      expect(answer.byKey).toEqual([[], answer.visitors]);
    });

    it('knows a visitor without features by its id alone', async () => {
      await visit(NOON);
      expect(await recall({ visitorIds: [VISITOR] })).toMatchObject({ visitors: [{ features: {} }] });
    });

    it('takes a key that is named twice once', async () => {
      await visit(NOON, profile({}, KEY_A, KEY_A));
      expect((await recall({ keys: [KEY_A] })).byKey[0]).toHaveLength(1);
    });

    it('reads the newest visitors of a crowded key, newest first', async () => {
      const crowd = Array.from({ length: CANDIDATES_PER_KEY + 5 }, (_, at) => `crowd${String(at).padStart(15, '0')}`);
      await opened().store.record(
        crowd.map((visitorId, at) => sampleRecord({ time: NOON + at, visitorId }, profile({ at: `${at}` }, KEY_A))),
      );
      const ids = async () => (await recall({ keys: [KEY_A] })).byKey[0]?.map(({ visitorId }) => visitorId);
      expect(await ids()).toEqual(crowd.toReversed().slice(0, CANDIDATES_PER_KEY));
      const oldest = crowd[0] ?? '';
      await visit(NOON + 1000, profile({}, KEY_A), oldest);
      expect(await ids()).toEqual([oldest, ...crowd.toReversed().slice(0, CANDIDATES_PER_KEY - 1)]);
    });

    it('keeps workspaces apart, but for sightings', async () => {
      await visit(NOON, { ...profile({}, KEY_A), sightingKey: 'seen' });
      await opened().store.record([
        sampleRecord({ time: NOON + 9, workspaceId: OTHER_WORKSPACE }, { sightingKey: 'seen' }),
      ]);
      const elsewhere = { workspaceId: OTHER_WORKSPACE, visitorIds: [VISITOR], keys: [KEY_A], sightingKey: 'seen' };
      expect(await recall(elsewhere)).toMatchObject({
        visitors: [],
        byKey: [[]],
        sighting: { first: NOON, last: NOON + 9 },
      });
    });

    it('gives one visitor id two lives in two workspaces', async () => {
      await visit(NOON, profile({ os: 'a' }, KEY_A));
      const there = { time: NOON + 3, visitorId: VISITOR, workspaceId: OTHER_WORKSPACE };
      await opened().store.record([sampleRecord(there, profile({ os: 'b' }, KEY_A))]);
      for (const [workspaceId, os, time] of [
        [WORKSPACE, 'a', NOON],
        [OTHER_WORKSPACE, 'b', NOON + 3],
      ] as const) {
        const row = { features: { os }, lastSeen: { workspace: time } };
        expect(await recall({ workspaceId, visitorIds: [VISITOR], keys: [KEY_A] })).toMatchObject({
          visitors: [row],
          byKey: [[row]],
        });
      }
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
