import { describe, expect, it } from 'vitest';
import { sampleRecord, WORKSPACE } from '../sample-event.ts';
import { teaching } from '../sample-portrait.ts';
import { sampleWorkspace } from '../sample-tenancy.ts';
import type { Opened } from '../store-suite.ts';

export const describeOpening = (opened: Opened): void => {
  describe('opening', () => {
    it('names its kind, answers, and has nothing left to migrate', async () => {
      const { store } = opened();
      expect(store.kind).not.toBe('');
      await store.ping();
      expect(await store.migrate()).toEqual([]);
    });

    it('keeps everything when it is closed and opened again', async () => {
      const { store, reopen } = opened();
      const workspace = sampleWorkspace();
      await store.createWorkspace(workspace);
      const secret = await store.secret('token');
      const record = sampleRecord({}, teaching({ keys: [0xaa] }));
      expect(await store.record([record])).toEqual(['recorded']);
      await store.close();

      const again = await reopen();
      expect(await again.workspaces()).toEqual([workspace]);
      expect(await again.secret('token')).toEqual(secret);
      expect(await again.event({ workspaceId: WORKSPACE }, record.event.id)).toEqual(record.event);
      const { nonce, bodyHash, sightingKey } = record;
      const [recollection] = await again.recall([
        {
          workspaceId: WORKSPACE,
          visitorIds: [record.event.identity.visitorId],
          keys: [0xaa],
          nonce: nonce ?? '',
          bodyHash,
          sightingKey,
        },
      ]);
      expect(recollection).toMatchObject({
        visitors: [{ features: { os: 'Linux' } }],
        found: [{ visitorId: record.event.identity.visitorId, foundBy: 1 }],
        read: [1],
        nonceUsed: true,
        bodySeen: true,
        sighting: { first: record.event.time, last: record.event.time },
      });
    });

    it('shows two stores on one database the same at once', async () => {
      const { store, reopen } = opened();
      const other = await reopen();
      const [one, two] = [sampleRecord(), sampleRecord()];
      await store.record([one]);
      await other.record([two]);
      expect(await other.event({ workspaceId: WORKSPACE }, one.event.id)).toEqual(one.event);
      expect(await store.event({ workspaceId: WORKSPACE }, two.event.id)).toEqual(two.event);
    });
  });

  describe('secret', () => {
    it('is 32 random bytes by name, the same for everyone who asks', async () => {
      const { store, reopen } = opened();
      const other = await reopen();
      const [one, two] = await Promise.all([store.secret('token'), other.secret('token')]);
      expect(one).toHaveLength(32);
      expect(two).toEqual(one);
      expect(await store.secret('token')).toEqual(one);
      expect(await store.secret('nonce')).not.toEqual(one);
      expect(one).not.toEqual(Buffer.alloc(32));
    });
  });
};
