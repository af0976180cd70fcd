import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BUCKETS, makeRequestId } from '../../request-id.ts';
import type { EventRecord, Store } from '../../store.ts';
import { NOON, OTHER_WORKSPACE, randomText, sampleRecord, WORKSPACE } from '../sample-event.ts';
import { teaching } from '../sample-portrait.ts';
import type { Opened } from '../store-suite.ts';

const KEY = 0xaa;
const VISITOR = 'visitorAAAAAAAAAAAA1';

const find = (store: Store, { event }: EventRecord) => store.event({ workspaceId: event.workspaceId }, event.id);

/** All that recall and the counters know of a record. */
const traces = async (store: Store, { event, nonce, bodyHash, sightingKey, country, scope }: EventRecord) => {
  const { workspaceId, identity, ip, time } = event;
  const { visitorId } = identity;
  return {
    recall: await store.recall([
      { workspaceId, visitorIds: [visitorId], keys: [KEY], nonce: nonce ?? '', bodyHash, sightingKey },
    ]),
    activity: await store.activity([
      { workspaceId, scope, visitorId, ip, linkedId: event.linkedId ?? null, country, time: time + 1 },
    ]),
  };
};

export const describeRecord = (opened: Opened): void => {
  describe('record', () => {
    it('takes no records, one, and five hundred', async () => {
      const { store } = opened();
      expect(await store.record([])).toEqual([]);
      const one = sampleRecord();
      expect(await store.record([one])).toEqual(['recorded']);
      const many = Array.from({ length: 500 }, (_, at) => sampleRecord({ time: NOON + (at % 7) }));
      expect(await store.record(many)).toEqual(many.map(() => 'recorded'));
      for (const record of [one, ...many]) expect(await find(store, record)).toEqual(record.event);
    });

    it('keeps apart the events of one millisecond, in one bucket and in all', async () => {
      const { store } = opened();
      const records = Array.from({ length: 2 * BUCKETS }, (_, at) =>
        sampleRecord({ id: makeRequestId(NOON, at % BUCKETS, randomBytes(8)) }),
      );
      await store.record(records);
      for (const record of records) expect(await find(store, record)).toEqual(record.event);
    });

    it('leaves nothing of a record behind whose id is taken', async () => {
      const { store } = opened();
      const first = sampleRecord();
      await store.record([first]);
      const rival = sampleRecord(
        { id: first.event.id, linkedId: 'rival', ip: '198.51.100.9' },
        teaching({ features: { os: 'BSD' }, keys: [KEY] }),
      );
      const before = await traces(store, rival);
      expect(await store.record([rival])).toEqual(['id-taken']);
      expect(await traces(store, rival)).toEqual(before);
      expect(await find(store, first)).toEqual(first.event);
      expect(await store.record([{ ...rival, event: sampleRecord().event }])).toEqual(['recorded']);
    });

    it('does not let a workspace take the id of an event of another', async () => {
      const { store } = opened();
      const first = sampleRecord();
      await store.record([first]);
      const rival = sampleRecord({ id: first.event.id, workspaceId: OTHER_WORKSPACE });
      expect(await store.record([rival])).toEqual(['id-taken']);
      expect(await store.event({ workspaceId: OTHER_WORKSPACE }, first.event.id)).toBeUndefined();
    });

    it('leaves nothing of a record behind whose nonce was used', async () => {
      const { store, reopen } = opened();
      const first = sampleRecord();
      await (await reopen()).record([first]);
      const copy = sampleRecord(
        { linkedId: 'copy', ip: '198.51.100.9' },
        { nonce: first.nonce, ...teaching({ features: { os: 'BSD' }, keys: [KEY] }) },
      );
      const before = await traces(store, copy);
      expect(await store.record([copy])).toEqual(['nonce-used']);
      expect(await traces(store, copy)).toEqual(before);
      expect(await find(store, copy)).toBeUndefined();
      expect(await store.record([{ ...copy, nonce: null }])).toEqual(['recorded']);
    });

    it('decides by their order between records of one batch, and stores the others', async () => {
      const { store } = opened();
      const [one, two] = [sampleRecord(), sampleRecord()];
      const sameNonce = sampleRecord({}, { nonce: one.nonce });
      const sameId = sampleRecord({ id: two.event.id });
      const last = sampleRecord();
      expect(await store.record([one, sameNonce, two, sameId, last])).toEqual([
        'recorded',
        'nonce-used',
        'recorded',
        'id-taken',
        'recorded',
      ]);
      for (const record of [one, two, last]) expect(await find(store, record)).toEqual(record.event);
      expect(await find(store, sameNonce)).toBeUndefined();
    });

    it('refuses a visit that was found to be a visitor that is erased by then, and stores nothing of it', async () => {
      const { store, reopen } = opened();
      const known = sampleRecord({ visitorId: VISITOR });
      await store.record([known]);
      const rest = { ...teaching({ keys: [KEY] }), sightingKey: 'sighted' };
      // Judged while the visitor was there.
      const traits = { visitorId: VISITOR, found: true, time: NOON + 9, linkedId: 'late' };
      const late = sampleRecord(traits, rest);
      await (await reopen()).eraseVisitor(WORKSPACE, VISITOR);
      const before = await traces(store, late);
      expect(await store.record([late, sampleRecord({ ip: '192.0.2.1' })])).toEqual(['visitor-gone', 'recorded']);
      expect(await traces(store, late)).toEqual(before);
      expect(await find(store, late)).toBeUndefined();
      expect(await store.visitor(WORKSPACE, VISITOR)).toBeUndefined();
      // In another workspace it was never known.
      expect(await store.record([sampleRecord({ ...traits, workspaceId: OTHER_WORKSPACE })])).toEqual(['visitor-gone']);
      expect(await store.record([sampleRecord({ ...traits, found: false })])).toEqual(['recorded']);
      expect(await store.visitor(WORKSPACE, VISITOR)).toMatchObject({ firstSeen: { workspace: NOON + 9 } });
    });

    it('refuses an event that names a visitor that is erased by then', async () => {
      const { store } = opened();
      const named = sampleRecord({ visitorId: VISITOR });
      const naming = () => sampleRecord({ runnersUp: [{ visitorId: VISITOR, score: 0.5 }] });
      expect(await store.record([named, naming()])).toEqual(['recorded', 'recorded']);
      expect(await store.record([naming()])).toEqual(['recorded']);
      await store.eraseVisitor(WORKSPACE, VISITOR);
      const late = naming();
      expect(await store.record([late])).toEqual(['visitor-gone']);
      expect(await find(store, late)).toBeUndefined();
    });

    it('takes later visits of a newcomer in one call, unless the newcomer was refused', async () => {
      const { store } = opened();
      const first = sampleRecord();
      const { visitorId } = first.event.identity;
      const again = () => sampleRecord({ visitorId, found: true, time: NOON + 1 });
      const refused = sampleRecord({ id: first.event.id, visitorId: VISITOR });
      const afterRefused = sampleRecord({ visitorId: VISITOR, found: true });
      expect(await store.record([first, again(), refused, afterRefused])).toEqual([
        'recorded',
        'recorded',
        'id-taken',
        'visitor-gone',
      ]);
      expect(await store.record([again()])).toEqual(['recorded']);
    });

    it('believes imported events that their visitors were known', async () => {
      const { store } = opened();
      const imported = sampleRecord({ visitorId: VISITOR, found: true });
      imported.event.identity.explanation.method = 'imported';
      expect(await store.record([imported])).toEqual(['recorded']);
      expect(await store.visitor(WORKSPACE, VISITOR)).toBeDefined();
    });

    it('claims nothing for records without a nonce, nor for bodies seen before', async () => {
      const { store } = opened();
      const bodyHash = randomText(32);
      const records = [1, 2, 3].map(() => sampleRecord({}, { nonce: null, bodyHash }));
      expect(await store.record(records)).toEqual(['recorded', 'recorded', 'recorded']);
    });

    it('stores all of a batch or nothing when it fails', async () => {
      const { store } = opened();
      const good = sampleRecord();
      const broken = sampleRecord();
      broken.event.id = `${NOON - 1}.abcdef`;
      await expect(store.record([good, broken])).rejects.toThrow();
      expect(await find(store, good)).toBeUndefined();
      expect(await store.record([good])).toEqual(['recorded']);
      expect(await store.recall([])).toEqual([]);
      expect((await traces(store, sampleRecord({ workspaceId: WORKSPACE }))).recall).toMatchObject([
        { sighting: null },
      ]);
    });
  });
};
