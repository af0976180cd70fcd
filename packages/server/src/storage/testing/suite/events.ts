import { describe, expect, it } from 'vitest';
import { ENVIRONMENT, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const MISSING = '1700000000000.abcdef';

export const describeEvents = (opened: Opened): void => {
  describe('event', () => {
    it('is found in its own workspace and environment only', async () => {
      const { store } = opened();
      const record = sampleRecord();
      await store.record([record]);
      const { id } = record.event;
      expect(await store.event({ workspaceId: WORKSPACE }, id)).toEqual(record.event);
      expect(await store.event({ workspaceId: WORKSPACE, environmentId: ENVIRONMENT }, id)).toEqual(record.event);
      expect(await store.event({ workspaceId: WORKSPACE, environmentId: 'ae_ffffffffffffffff' }, id)).toBeUndefined();
      expect(await store.event({ workspaceId: OTHER_WORKSPACE }, id)).toBeUndefined();
      expect(await store.event({ workspaceId: '' }, id)).toBeUndefined();
    });

    it.each([
      ['unknown', MISSING],
      ['empty', ''],
      ['no id at all', "' OR 1=1 --"],
      ['too long', `${MISSING}g`],
      ['of other letters', '1700000000000.abcdé1'],
      ['with a zero byte', '1700000000000.abcd\0e'],
      ['huge', '1'.repeat(100_000)],
    ])('is undefined for an id that is %s', async (_, id) => {
      expect(await opened().store.event({ workspaceId: WORKSPACE }, id)).toBeUndefined();
    });

    it('tells ids apart by case', async () => {
      const { store } = opened();
      const lower = sampleRecord({ id: '1700000000000.abcdef', time: 1_700_000_000_000 });
      const upper = sampleRecord({ id: '1700000000000.ABCDEF', time: 1_700_000_000_000 });
      await store.record([lower, upper]);
      expect(await store.event({ workspaceId: WORKSPACE }, lower.event.id)).toEqual(lower.event);
      expect(await store.event({ workspaceId: WORKSPACE }, upper.event.id)).toEqual(upper.event);
    });

    it.each([
      ['any script', { linkedId: 'zákazník №7 👩‍💻 العميل 客户', tag: { '🌀': ['„víry“', '\u202e'] } }],
      ['half a surrogate pair', { linkedId: 'a\ud800b', tag: { text: '\udc00' } }],
      ['zero bytes and quotes', { linkedId: 'a\0b\'"\\', tag: { 'a\0b': '\0' } }],
      ['empty text', { linkedId: '', tag: { '': '' } }],
      ['all kinds of JSON', { tag: { deep: [[[{ n: null, t: true, x: -1.5e-300 }]]], big: 9_007_199_254_740_991 } }],
      ['a tag of 16 kB', { tag: { text: 'ř'.repeat(8 * 1024) } }],
      ['megabytes', { tag: { noise: Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 10_007) } }],
    ])('comes back unchanged with %s', async (_, traits) => {
      const { store } = opened();
      const record = sampleRecord(traits);
      await store.record([record]);
      expect(await store.event({ workspaceId: WORKSPACE }, record.event.id)).toEqual(record.event);
    });
  });

  describe('reviseEvent', () => {
    it('replaces the event and resolves to the new one', async () => {
      const { store } = opened();
      const { event } = sampleRecord();
      await store.record([sampleRecord(), { ...sampleRecord(), event }, sampleRecord()]);
      const revised = { ...event, suspect: true, linkedId: 'later', tag: { note: '✓' } };
      expect(await store.reviseEvent(WORKSPACE, event.id, (before) => ({ ...before, ...revised }))).toEqual(revised);
      expect(await store.event({ workspaceId: WORKSPACE }, event.id)).toEqual(revised);
    });

    it('leaves the event alone when told so, whatever was done to the copy', async () => {
      const { store } = opened();
      const record = sampleRecord();
      await store.record([record]);
      const stored = await store.reviseEvent(WORKSPACE, record.event.id, (event) => {
        event.tag = { scribbled: true };
        return undefined;
      });
      expect(stored).toEqual(record.event);
      expect(await store.event({ workspaceId: WORKSPACE }, record.event.id)).toEqual(record.event);
    });

    it('asks for nothing where there is no such event', async () => {
      const { store } = opened();
      const record = sampleRecord();
      await store.record([record]);
      const never = () => {
        throw new Error('asked');
      };
      expect(await store.reviseEvent(WORKSPACE, MISSING, never)).toBeUndefined();
      expect(await store.reviseEvent(WORKSPACE, 'nonsense', never)).toBeUndefined();
      expect(await store.reviseEvent(OTHER_WORKSPACE, record.event.id, never)).toBeUndefined();
    });

    it('changes nothing when the revision throws, or changes whose event it is', async () => {
      const { store } = opened();
      const { event } = sampleRecord();
      await store.record([{ ...sampleRecord(), event }]);
      const failing = store.reviseEvent(WORKSPACE, event.id, () => {
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      for (const change of [{ time: event.time + 1 }, { workspaceId: OTHER_WORKSPACE }, { ip: '192.0.2.1' }]) {
        await expect(store.reviseEvent(WORKSPACE, event.id, (before) => ({ ...before, ...change }))).rejects.toThrow();
      }
      expect(await store.event({ workspaceId: WORKSPACE }, event.id)).toEqual(event);
      expect(await store.record([sampleRecord()])).toEqual(['recorded']);
    });

    it('loses none of two revisions at once', async () => {
      const { store, reopen } = opened();
      const other = await reopen();
      const { event } = sampleRecord();
      await store.record([{ ...sampleRecord(), event }]);
      const append = (from: typeof store, field: string) =>
        from.reviseEvent(WORKSPACE, event.id, (before) => ({
          ...before,
          updates: [...before.updates, { time: event.time, by: 'api', fields: [field] }],
        }));
      await Promise.all(Array.from({ length: 20 }, (_, at) => append(at % 2 === 0 ? store : other, `f${at}`)));
      const after = await store.event({ workspaceId: WORKSPACE }, event.id);
      expect(after?.updates).toHaveLength(20);
    });
  });
};
