import type { Delivery } from '@whorl/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ClaimedDelivery, DELIVERY_LOG, DELIVERY_WAIT, type Settlement } from '../../store.ts';
import { NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import { sampleWorkspace } from '../sample-tenancy.ts';
import { sampleAttempt, sampleWebhook, WEBHOOK } from '../sample-webhook.ts';
import type { Opened } from '../store-suite.ts';

const OTHER_WEBHOOK = 'wh_AAAAAAAAAAAAAAA2';
const VISITOR = 'visitorAAAAAAAAAAAA1';
const LEASE = 30_000;
/** Long after everything here was due. */
const LATER = NOON + 3_600_000;

export const describeDeliveries = (opened: Opened): void => {
  const owed = (time = NOON, visitorId?: string, webhookIds = [WEBHOOK]) =>
    sampleRecord({ time, ...(visitorId === undefined ? {} : { visitorId }) }, { webhookIds });
  const claim = (now = LATER, limit = 100) => opened().store.claimDeliveries(now, LEASE, limit);
  const list = (rest: Partial<Parameters<ReturnType<Opened>['store']['deliveries']>[0]> = {}) =>
    opened().store.deliveries({ workspaceId: WORKSPACE, limit: 100, ...rest });
  const requestIds = (deliveries: readonly Delivery[]) => deliveries.map(({ requestId }) => requestId);
  const settlement = (
    delivery: ClaimedDelivery | undefined,
    next: Settlement['next'] = { state: 'delivered' },
    attempt = sampleAttempt(),
  ): Settlement => ({ deliveryId: delivery?.id ?? '', claim: delivery?.claim ?? 0, attempts: [attempt], next });
  const settle = (delivery: ClaimedDelivery | undefined, state: 'delivered' | 'failed' = 'delivered') =>
    opened().store.settleDeliveries([settlement(delivery, { state })]);

  describe('deliveries', () => {
    beforeEach(async () => {
      const { store } = opened();
      await store.createWorkspace(sampleWorkspace());
      await store.createWebhook(sampleWebhook());
      await store.createWebhook(sampleWebhook({ id: OTHER_WEBHOOK }));
    });

    it('come with the event, one for each webhook it is owed to', async () => {
      const { store } = opened();
      const record = owed(NOON, VISITOR, [WEBHOOK, OTHER_WEBHOOK, WEBHOOK]);
      await store.record([record, sampleRecord()]);
      const found = await list();
      expect(found.map(({ webhookId }) => webhookId).toSorted()).toEqual([WEBHOOK, OTHER_WEBHOOK]);
      for (const delivery of found) {
        expect(delivery).toEqual({
          id: expect.stringMatching(/^wd_[A-Za-z0-9]{16}$/),
          webhookId: delivery.webhookId,
          workspaceId: WORKSPACE,
          requestId: record.event.id,
          visitorId: VISITOR,
          state: 'pending',
          createdAt: NOON,
          nextAttemptAt: NOON + DELIVERY_WAIT,
          attempts: [],
        });
      }
      expect(await store.pendingDeliveries()).toEqual({ count: 2, oldest: NOON });
    });

    it('are not made for a record that is refused', async () => {
      const { store } = opened();
      const record = owed();
      await store.record([record]);
      expect(await store.record([owed(), { ...owed(), nonce: record.nonce }])).toEqual(['recorded', 'nonce-used']);
      expect(await store.pendingDeliveries()).toMatchObject({ count: 2 });
    });

    it('are claimed when they are due, once, and again after the lease', async () => {
      const { store, reopen } = opened();
      await store.record([owed()]);
      const due = NOON + DELIVERY_WAIT;
      expect(await claim(due - 1)).toEqual([]);
      const [claimed] = await claim(due);
      expect(claimed).toMatchObject({ state: 'pending', nextAttemptAt: due + LEASE });
      expect(await (await reopen()).claimDeliveries(due + LEASE - 1, LEASE, 10)).toEqual([]);
      expect(requestIds(await claim(due + LEASE))).toEqual([claimed?.requestId]);
    });

    it('are claimed oldest first, as many as asked for', async () => {
      const { store } = opened();
      const records = [4, 1, 3, 0, 2].map((after) => owed(NOON + after));
      await store.record(records);
      const inOrder = records.map(({ event }) => event.id).toSorted();
      expect(requestIds(await claim(LATER, 2))).toEqual(inOrder.slice(0, 2));
      expect(requestIds(await claim(LATER, 9))).toEqual(inOrder.slice(2));
      expect(await claim(LATER)).toEqual([]);
    });

    it('go out one by one to each webhook for each visitor, in the order of their events', async () => {
      const { store } = opened();
      // Recorded in disorder.
      const records = [2, 0, 1].map((after) => owed(NOON + after, VISITOR));
      for (const record of records) await store.record([record]);
      const other = owed(NOON + 1, 'visitorAAAAAAAAAAAA2', [OTHER_WEBHOOK]);
      await store.record([other, owed(NOON + 1, VISITOR, [OTHER_WEBHOOK])]);
      const mine = async () => (await claim()).filter(({ webhookId }) => webhookId === WEBHOOK);
      const [first, ...rest] = await claim();
      expect(requestIds([first, ...rest].filter((one) => one !== undefined))).toHaveLength(3);
      expect(first?.requestId).toBe(records[1]?.event.id);
      expect(await mine()).toEqual([]);
      // A failure that will be tried again holds the others back.
      const again = { state: 'pending', at: LATER + 60_000 } as const;
      const failed = settlement(first, again, sampleAttempt({ status: 500 }));
      expect(await store.settleDeliveries([failed])).toEqual([true]);
      expect(await mine()).toEqual([]);
      const [retried] = (await claim(LATER + 60_000)).filter(({ webhookId }) => webhookId === WEBHOOK);
      expect(retried?.id).toBe(first?.id);
      await settle(retried, 'failed');
      const [second] = await mine();
      expect(second?.requestId).toBe(records[2]?.event.id);
      await settle(second);
      expect(requestIds(await mine())).toEqual([records[0]?.event.id]);
    });

    it('wait while their webhook is switched off or busy', async () => {
      const { store } = opened();
      await store.record([owed(), owed(NOON, undefined, [OTHER_WEBHOOK])]);
      await store.changeWebhook(WORKSPACE, WEBHOOK, () => ({ enabled: false }));
      expect(await store.claimDeliveries(LATER, LEASE, 10, new Map([[OTHER_WEBHOOK, 0]]))).toEqual([]);
      expect((await claim()).map(({ webhookId }) => webhookId)).toEqual([OTHER_WEBHOOK]);
      await store.changeWebhook(WORKSPACE, WEBHOOK, () => ({ enabled: true }));
      expect((await claim()).map(({ webhookId }) => webhookId)).toEqual([WEBHOOK]);
      expect(await store.pendingDeliveries()).toMatchObject({ count: 2 });
    });

    it('are taken only as far as there is room for their webhook, the oldest first', async () => {
      const { store } = opened();
      const times = [1, 2, 3, 4, 5].map((minute) => NOON + minute * 60_000);
      await store.record(times.map((time) => owed(time)));
      await store.record([owed(NOON, undefined, [OTHER_WEBHOOK])]);
      const take = async (limit: number, room: number) =>
        (await store.claimDeliveries(LATER, LEASE, limit, new Map([[WEBHOOK, room]]))).map((each) => [
          each.webhookId,
          each.createdAt,
        ]);
      expect(await take(10, 2)).toEqual([
        [OTHER_WEBHOOK, NOON],
        [WEBHOOK, times[0]],
        [WEBHOOK, times[1]],
      ]);
      expect(await take(1, 9)).toEqual([[WEBHOOK, times[2]]]);
      expect(await take(10, 9)).toEqual([
        [WEBHOOK, times[3]],
        [WEBHOOK, times[4]],
      ]);
    });

    it('keep every attempt, and what follows from the last', async () => {
      const { store } = opened();
      await store.record([owed()]);
      const [claimed] = await claim();
      const attempts = [
        sampleAttempt({ status: null, error: 'connect ECONNREFUSED „☎“' }),
        sampleAttempt({ time: NOON + 20, status: 204 }),
      ];
      await store.settleDeliveries([settlement(claimed, { state: 'pending', at: NOON + 77 }, attempts[0])]);
      expect(await list()).toMatchObject([
        { state: 'pending', nextAttemptAt: NOON + 77, attempts: attempts.slice(0, 1) },
      ]);
      const [again] = await claim(NOON + 77);
      const two = [sampleAttempt({ time: NOON + 19, status: null, error: 'closed' }), ...attempts.slice(1)];
      await store.settleDeliveries([{ ...settlement(again), attempts: two }]);
      const all = [...attempts.slice(0, 1), ...two];
      expect(await list()).toMatchObject([{ state: 'delivered', nextAttemptAt: null, attempts: all }]);
      expect(await claim(LATER * 2)).toEqual([]);
      expect(await store.pendingDeliveries()).toEqual({ count: 0, oldest: null });
    });

    it('are settled together, whatever each has come to', async () => {
      const { store } = opened();
      await store.record([owed(NOON), owed(NOON + 1), owed(NOON + 2)]);
      const [one, two, three] = await claim();
      const settlements = [
        settlement(three),
        { ...settlement(one), deliveryId: 'wd_ffffffffffffffff' },
        settlement(one, { state: 'failed' }),
        settlement(two, { state: 'pending', at: LATER + 5 }),
      ];
      expect(await store.settleDeliveries(settlements)).toEqual([true, false, true, true]);
      const states = new Map((await list()).map(({ id, state }) => [id, state]));
      expect([one, two, three].map((each) => states.get(each?.id ?? ''))).toEqual(['failed', 'pending', 'delivered']);
      expect(await store.settleDeliveries([])).toEqual([]);
    });

    it('heed what the latest claim comes to, and only log what comes of one that outlived its lease', async () => {
      const { store } = opened();
      await store.record([owed()]);
      const [late] = await claim();
      const [current] = await claim(LATER + LEASE);
      expect(current?.id).toBe(late?.id);
      expect(current?.claim).not.toBe(late?.claim);
      const soon = { state: 'pending', at: LATER + LEASE + 1 } as const;
      const leased = { state: 'pending', nextAttemptAt: LATER + 2 * LEASE };
      // The lease of the attempt that is under way becomes no shorter, and nobody else takes the delivery.
      expect(await store.settleDeliveries([settlement(late, soon)])).toEqual([true]);
      expect(await list()).toMatchObject([{ ...leased, attempts: [{}] }]);
      expect(await claim(LATER + 2 * LEASE - 1)).toEqual([]);
      expect(await store.settleDeliveries([settlement(late, { state: 'failed' })])).toEqual([true]);
      expect(await list()).toMatchObject([{ ...leased, attempts: [{}, {}] }]);
      await settle(current);
      const delivered = { state: 'delivered', nextAttemptAt: null };
      expect(await list()).toMatchObject([{ ...delivered, attempts: [{}, {}, {}] }]);
      for (const next of [soon, { state: 'failed' } as const]) await store.settleDeliveries([settlement(late, next)]);
      expect(await list()).toMatchObject([{ ...delivered, attempts: [{}, {}, {}, {}, {}] }]);
      expect(await claim(LATER + 3 * LEASE)).toEqual([]);
    });

    it('that are sent again by hand do not heed an attempt from before', async () => {
      const { store } = opened();
      await store.record([owed()]);
      const [late] = await claim();
      await settle((await claim(LATER + LEASE))[0], 'failed');
      await store.resendDelivery(WORKSPACE, late?.id ?? '', LATER * 2);
      await settle(late);
      expect(await list()).toMatchObject([{ state: 'pending', nextAttemptAt: LATER * 2 }]);
    });

    it.each(['delivered', 'failed'] as const)('that were %s are sent again when asked for', async (state) => {
      const { store } = opened();
      await store.record([owed()]);
      const [claimed] = await claim();
      await settle(claimed, state);
      const id = claimed?.id ?? '';
      expect(await store.resendDelivery(OTHER_WORKSPACE, id, LATER)).toBeUndefined();
      expect(await store.resendDelivery(WORKSPACE, 'wd_ffffffffffffffff', LATER)).toBeUndefined();
      expect(await store.resendDelivery(WORKSPACE, id, LATER)).toMatchObject({
        id,
        state: 'pending',
        nextAttemptAt: LATER,
      });
      expect(await claim(LATER - 1)).toEqual([]);
      expect(await claim(LATER)).toMatchObject([{ id, attempts: [sampleAttempt()] }]);
    });

    it('are listed newest first, page by page, by webhook, state and event', async () => {
      const { store } = opened();
      const records = Array.from({ length: 7 }, (_, at) =>
        owed(NOON + Math.floor(at / 3), undefined, at % 2 === 0 ? [WEBHOOK] : [OTHER_WEBHOOK]),
      );
      await store.record(records);
      const [claimed] = await claim();
      await settle(claimed, 'failed');
      const all = await list();
      const place = ({ createdAt, id }: Delivery) => `${createdAt} ${id}`;
      expect(all.map(place)).toEqual(all.map(place).toSorted().reverse());
      expect(all).toHaveLength(7);
      const last = all[2];
      if (last === undefined) throw new Error('too few');
      expect(await list({ limit: 3, before: { createdAt: last.createdAt, id: last.id } })).toEqual(all.slice(3, 6));
      expect(await list({ webhookId: OTHER_WEBHOOK })).toEqual(all.filter((one) => one.webhookId === OTHER_WEBHOOK));
      expect(await list({ state: 'failed' })).toEqual(all.filter(({ id }) => id === claimed?.id));
      expect(await list({ state: 'pending', webhookId: WEBHOOK })).toEqual(
        all.filter((one) => one.webhookId === WEBHOOK && one.id !== claimed?.id),
      );
      expect(await list({ state: 'delivered' })).toEqual([]);
      expect(await list({ requestId: last.requestId })).toEqual([last]);
      expect(await list({ workspaceId: OTHER_WORKSPACE })).toEqual([]);
    });

    it('are swept away when they were finished long ago, and only then', async () => {
      const { store } = opened();
      await store.record([owed(), owed(NOON + 1)]);
      const [claimed] = await claim(LATER, 1);
      await settle(claimed);
      const finished = sampleAttempt().time;
      const sweepAt = async (time: number) => {
        while ((await store.sweep(time, 3)) > 0);
        return list();
      };
      expect(await sweepAt(finished + DELIVERY_LOG)).toHaveLength(2);
      expect(await sweepAt(finished + DELIVERY_LOG + 1)).toMatchObject([{ state: 'pending' }]);
    });
  });
};
