import { beforeEach, describe, expect, it } from 'vitest';
import { OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import { sampleWorkspace } from '../sample-tenancy.ts';
import { sampleWebhook, WEBHOOK } from '../sample-webhook.ts';
import type { Opened } from '../store-suite.ts';

const OTHER_WEBHOOK = 'wh_AAAAAAAAAAAAAAA2';

export const describeWebhooks = (opened: Opened): void => {
  describe('webhooks', () => {
    const webhook = sampleWebhook();
    const older = sampleWebhook({ id: OTHER_WEBHOOK, environmentIds: ['ae_00000000000000a1'], createdAt: 5 });
    const foreign = sampleWebhook({
      id: 'wh_BBBBBBBBBBBBBBB1',
      workspaceId: OTHER_WORKSPACE,
      version: 'v3',
      createdAt: 7,
    });

    beforeEach(async () => {
      const { store } = opened();
      await store.createWorkspace(sampleWorkspace());
      await store.createWorkspace(sampleWorkspace({ id: OTHER_WORKSPACE }));
    });

    it('are kept as they are, oldest first, of one workspace or of all', async () => {
      const { store, reopen } = opened();
      expect(await store.webhooks()).toEqual([]);
      for (const one of [webhook, foreign, older]) await store.createWebhook(one);
      const elsewhere = await reopen();
      expect(await elsewhere.webhooks(WORKSPACE)).toEqual([older, webhook]);
      expect(await elsewhere.webhooks(OTHER_WORKSPACE)).toEqual([foreign]);
      expect(await elsewhere.webhooks()).toEqual([older, foreign, webhook]);
    });

    it.each([
      { url: 'https://new.example/' },
      { enabled: false },
      { version: 'v3' as const },
      { environmentIds: [] },
      { environmentIds: null },
      { secrets: [{ id: 'two', value: 'bmV3', createdAt: 9 }, ...sampleWebhook().secrets] },
      {},
    ])('change %j, and nothing else', async (change) => {
      const { store } = opened();
      await store.createWebhook(webhook);
      await store.createWebhook(older);
      expect(await store.changeWebhook(WORKSPACE, OTHER_WEBHOOK, () => change)).toEqual({ ...older, ...change });
      expect(await store.webhooks()).toEqual([{ ...older, ...change }, webhook]);
      expect(await store.changeWebhook(OTHER_WORKSPACE, WEBHOOK, () => change)).toBeUndefined();
      expect(await store.changeWebhook(WORKSPACE, 'wh_unknown', () => change)).toBeUndefined();
    });

    it('lose no secret of those that come at once', async () => {
      const { store, reopen } = opened();
      const elsewhere = await reopen();
      await store.createWebhook(webhook);
      const added = Array.from({ length: 6 }, (_, at) => ({ id: `new${at}`, value: 'bmV3', createdAt: at }));
      await Promise.all(
        added.map((secret, at) =>
          (at % 2 === 0 ? store : elsewhere).changeWebhook(WORKSPACE, WEBHOOK, ({ secrets }) => ({
            secrets: [secret, ...secrets],
          })),
        ),
      );
      const [found = webhook] = await store.webhooks(WORKSPACE);
      expect(found.secrets.map(({ id }) => id).sort()).toEqual([...added.map(({ id }) => id), 'one'].sort());
      const refuse = (): never => {
        throw new RangeError('enough');
      };
      await expect(store.changeWebhook(WORKSPACE, WEBHOOK, refuse)).rejects.toThrow(RangeError);
      expect(await store.webhooks(WORKSPACE)).toEqual([found]);
    });

    it('are no more than are allowed in a workspace, however many come at once', async () => {
      const { store, reopen } = opened();
      await store.createWebhook(foreign);
      const elsewhere = await reopen();
      const made = Array.from({ length: 12 }, (_, at) => sampleWebhook({ id: `wh_${String(at).padStart(16, '0')}` }));
      const create = (one: typeof webhook, at: number) => (at % 2 === 0 ? store : elsewhere).createWebhook(one, 5);
      const outcomes = await Promise.all(made.map(create));
      expect(outcomes.filter((created) => created)).toHaveLength(5);
      const kept = made.filter((_, at) => outcomes[at]).map(({ id }) => id);
      expect((await store.webhooks(WORKSPACE)).map(({ id }) => id)).toEqual(kept);
      expect(await store.deleteWebhook(WORKSPACE, kept[0] ?? '')).toBe(true);
      expect(await store.createWebhook(webhook, 5)).toBe(true);
    });

    it('are deleted with their deliveries, by their own workspace', async () => {
      const { store } = opened();
      await store.createWebhook(webhook);
      await store.createWebhook(older);
      const both = [WEBHOOK, OTHER_WEBHOOK];
      await store.record(Array.from({ length: 3 }, () => sampleRecord({}, { webhookIds: both })));
      expect(await store.deleteWebhook(OTHER_WORKSPACE, WEBHOOK)).toBe(false);
      expect(await store.deleteWebhook(WORKSPACE, WEBHOOK)).toBe(true);
      expect(await store.deleteWebhook(WORKSPACE, WEBHOOK)).toBe(false);
      expect(await store.webhooks()).toEqual([older]);
      const left = await store.deliveries({ workspaceId: WORKSPACE, limit: 10 });
      expect(left.map(({ webhookId }) => webhookId)).toEqual([OTHER_WEBHOOK, OTHER_WEBHOOK, OTHER_WEBHOOK]);
    });

    it('are owed nothing once they are gone, nor by other workspaces', async () => {
      const { store } = opened();
      await store.createWebhook(foreign);
      const webhookIds = [WEBHOOK, foreign.id];
      expect(await store.record([sampleRecord({}, { webhookIds })])).toEqual(['recorded']);
      expect(await store.pendingDeliveries()).toEqual({ count: 0, oldest: null });
    });
  });
};
