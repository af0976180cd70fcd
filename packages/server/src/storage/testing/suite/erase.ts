import { beforeEach, describe, expect, it } from 'vitest';
import type { RecallRequest, Store } from '../../store.ts';
import { asRecord, expected, randomVisits, SPANS, visit } from '../counted-visits.ts';
import { NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import { teaching } from '../sample-portrait.ts';
import { sampleWorkspace } from '../sample-tenancy.ts';
import { sampleAttempt, sampleWebhook, WEBHOOK } from '../sample-webhook.ts';
import type { Opened } from '../store-suite.ts';

const KEY = 0xaa;
const DEVICE = 0xdd;
const VISITOR = 'visitorAAAAAAAAAAAA1';
const OTHER = 'visitorAAAAAAAAAAAA2';

const everything = { filter: {}, after: 0, before: NOON * 2, order: 'newest-first', from: null, limit: 1_000 } as const;

export const describeErase = (opened: Opened): void => {
  const recall = async (traits: Partial<RecallRequest>, store: Store = opened().store) => {
    const nothing = { visitorIds: [], keys: [], nonce: '', bodyHash: '', sightingKey: null };
    const [answer] = await store.recall([{ workspaceId: WORKSPACE, ...nothing, ...traits }]);
    return answer;
  };
  const record = (visitorId: string, time: number, rest: Parameters<typeof sampleRecord>[1] = {}) =>
    sampleRecord({ visitorId, time }, rest);
  const lesson = teaching({ keys: [KEY], deviceKey: DEVICE });

  describe('eraseVisitor', () => {
    beforeEach(async () => {
      await opened().store.createWorkspace(sampleWorkspace());
      await opened().store.createWebhook(sampleWebhook());
    });

    it('is false for a visitor that is not there, and for another workspace', async () => {
      const { store } = opened();
      const mine = record(VISITOR, NOON);
      await store.record([mine]);
      expect(await store.eraseVisitor(WORKSPACE, OTHER)).toBe(false);
      expect(await store.eraseVisitor(WORKSPACE, '')).toBe(false);
      expect(await store.eraseVisitor(OTHER_WORKSPACE, VISITOR)).toBe(false);
      expect(await store.event({ workspaceId: WORKSPACE }, mine.event.id)).toEqual(mine.event);
    });

    it('leaves nothing that leads to the visitor', async () => {
      const { store, reopen } = opened();
      const rest = { ...lesson, sightingKey: 'sighted', webhookIds: [WEBHOOK] };
      const records = [record(VISITOR, NOON, rest), record(VISITOR, NOON + 1, rest), record(OTHER, NOON + 2)];
      await store.record(records);
      const [claimed] = await store.claimDeliveries(NOON * 2, 1_000, 1);
      expect(await (await reopen()).eraseVisitor(WORKSPACE, VISITOR)).toBe(true);
      expect(await store.visitor(WORKSPACE, VISITOR)).toBeUndefined();
      expect(await store.visitorsOfDevice(WORKSPACE, DEVICE, 10)).toEqual([]);
      expect(await recall({ visitorIds: [VISITOR], keys: [KEY], sightingKey: 'sighted' })).toMatchObject({
        visitors: [],
        found: [],
        read: [0],
        sighting: null,
      });
      for (const { event } of records.slice(0, 2)) {
        expect(await store.event({ workspaceId: WORKSPACE }, event.id)).toBeUndefined();
      }
      const { events } = await store.searchEvents({ workspaceId: WORKSPACE, ...everything });
      expect(events).toEqual([records[2]?.event]);
      expect(await store.deliveries({ workspaceId: WORKSPACE, limit: 9 })).toEqual([]);
      const settlement = {
        deliveryId: claimed?.id ?? '',
        claim: claimed?.claim ?? 0,
        attempts: [sampleAttempt()],
        next: { state: 'delivered' } as const,
      };
      expect(await store.settleDeliveries([settlement])).toEqual([false]);
      expect(await store.eraseVisitor(WORKSPACE, VISITOR)).toBe(false);
    });

    it('lets the visitor begin anew', async () => {
      const { store } = opened();
      await store.record([record(VISITOR, NOON, lesson)]);
      await store.eraseVisitor(WORKSPACE, VISITOR);
      await store.record([record(VISITOR, NOON + 7, lesson)]);
      expect(await store.visitor(WORKSPACE, VISITOR)).toMatchObject({ firstSeen: { workspace: NOON + 7 } });
      const asked = visit({ linkedId: null, time: NOON + 7, ip: '192.0.2.1' });
      expect(await store.activity([asked])).toMatchObject([{ visitorEvents: { day: 2 } }]);
    });

    it('takes its id out of the events of others', async () => {
      const { store } = opened();
      const runnersUp = [
        { visitorId: VISITOR, score: 0.5 },
        { visitorId: OTHER, score: 0.25 },
      ];
      const naming = sampleRecord({ runnersUp });
      const elsewhere = sampleRecord({ runnersUp, workspaceId: OTHER_WORKSPACE });
      for (const workspaceId of [WORKSPACE, OTHER_WORKSPACE]) {
        await store.record([VISITOR, OTHER].map((visitorId) => sampleRecord({ visitorId, workspaceId })));
      }
      expect(await store.record([naming, elsewhere])).toEqual(['recorded', 'recorded']);
      await store.reviseEvent(WORKSPACE, naming.event.id, (event) => ({ ...event, suspect: true }));
      await store.eraseVisitor(WORKSPACE, VISITOR);
      const after = await store.event({ workspaceId: WORKSPACE }, naming.event.id);
      expect(after?.identity.explanation.runnersUp).toEqual(runnersUp.slice(1));
      expect(after).toMatchObject({ suspect: true, tag: naming.event.tag });
      const other = await store.event({ workspaceId: OTHER_WORKSPACE }, elsewhere.event.id);
      expect(other).toEqual(elsewhere.event);
    });

    it('leaves of sightings what others made of them, in every workspace', async () => {
      const { store } = opened();
      const sightingKey = 'shared';
      await store.record([
        record(VISITOR, NOON, { sightingKey }),
        record(OTHER, NOON + 5, { sightingKey }),
        sampleRecord({ visitorId: VISITOR, workspaceId: OTHER_WORKSPACE, time: NOON + 6 }, { sightingKey }),
        record(VISITOR, NOON + 9, { sightingKey }),
      ]);
      expect((await recall({ sightingKey }))?.sighting).toEqual({ first: NOON, last: NOON + 9 });
      await store.eraseVisitor(WORKSPACE, VISITOR);
      expect((await recall({ sightingKey }))?.sighting).toEqual({ first: NOON + 5, last: NOON + 6 });
    });

    it.each([11, 12, 13])('leaves the others as if the visitor had never been (%i)', async (seed) => {
      const { store } = opened();
      const visits = randomVisits(seed, 420);
      const records = visits.map(asRecord);
      for (let at = 0; at < records.length; at += 60) await store.record(records.slice(at, at + 60));
      expect(await store.eraseVisitor(WORKSPACE, VISITOR)).toBe(true);
      const isErased = ({ workspaceId, visitorId }: (typeof visits)[number]) =>
        workspaceId === WORKSPACE && visitorId === VISITOR;
      const others = visits.filter((one) => !isErased(one));
      for (const [at, { event }] of records.entries()) {
        const kept = others.includes(visits[at] ?? visit());
        expect(await store.event(event, event.id)).toEqual(kept ? event : undefined);
      }
      const newest = Math.max(...others.map(({ time }) => time));
      const asked = [...others.filter(({ time }) => time > newest - SPANS.day), visit({ time: newest + 1 })];
      const facts = await Promise.all(asked.map((one) => store.activity([one])));
      expect(facts).toEqual(asked.map((one) => [expected(one, others)]));
    });

    it('goes on while others are recorded, however many events there are', async () => {
      const { store } = opened();
      const mine = Array.from({ length: 700 }, (_, at) =>
        visit({ time: NOON + at * 2, linkedId: `customer${at % 9}` }),
      );
      const others = mine.map((one) => ({ ...one, visitorId: OTHER, time: one.time + 1 }));
      await store.record([...mine, ...others].map(asRecord));
      const late = [visit({ visitorId: OTHER, time: NOON + 5 }), visit({ visitorId: OTHER, time: NOON + 9_000 })];
      const erased = store.eraseVisitor(WORKSPACE, VISITOR);
      for (const one of late) await store.record([asRecord(one)]);
      expect(await erased).toBe(true);
      const left = [...others, ...late];
      for (const time of [NOON + 9_000, NOON + 600, NOON + 3]) {
        const asked = visit({ visitorId: OTHER, time, linkedId: 'customer3' });
        expect(await store.activity([asked])).toEqual([expected(asked, left)]);
      }
      const page = await store.searchEvents({ ...everything, workspaceId: WORKSPACE, limit: 1, countUpTo: 5_000 });
      expect(page.total).toBe(left.length);
    });
  });
};
