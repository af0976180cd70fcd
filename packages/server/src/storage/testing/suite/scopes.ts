import { describe, expect, it } from 'vitest';
import type { ActivityRequest } from '../../store.ts';
import { asRecord, expected, randomVisits, visit } from '../counted-visits.ts';
import { ENVIRONMENT, NOON, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const OTHER_ENVIRONMENT = 'ae_00000000000000b2';
const each = (count: number) => ({ minutes5: count, hour: count, day: count });

/** What is counted where environments have visitors of their own. */
export const describeScopes = (opened: Opened): void => {
  const record = (visits: ActivityRequest[]) => opened().store.record(visits.map(asRecord));
  const activity = async (asked: ActivityRequest) => (await opened().store.activity([asked]))[0];

  /** A visit of another visitor each time, from the one address and with the one linked id that all have. */
  const visits = (scope: string, count: number, after = 0) =>
    Array.from({ length: count }, (_, at) =>
      visit({ scope, visitorId: `${scope.slice(-8)}visitor${at + 1 + after}AAAA`, time: NOON - at }),
    );

  describe('scopes', () => {
    it('see their own visits of an address and a linked id, and no others', async () => {
      const scopes = { [WORKSPACE]: 5, [ENVIRONMENT]: 3, [OTHER_ENVIRONMENT]: 1 };
      for (const [scope, count] of Object.entries(scopes)) await record(visits(scope, count));
      for (const [scope, count] of Object.entries(scopes)) {
        const facts = await activity(visit({ scope, visitorId: 'newcomerAAAAAAAAAAAA', time: NOON + 1 }));
        expect(facts).toMatchObject({
          visitorEvents: each(1),
          ipEvents: each(count + 1),
          linkedIdIps: each(1),
          linkedIdVisitors: each(count + 1),
        });
      }
      const newcomer = await activity(visit({ scope: 'ae_00000000000000c3', time: NOON + 1 }));
      expect(newcomer).toMatchObject({ ipEvents: each(1), linkedIdIps: each(1), linkedIdVisitors: each(1) });
    });

    it('stay apart within a call', async () => {
      const { store } = opened();
      const asked = [WORKSPACE, ENVIRONMENT, WORKSPACE, OTHER_ENVIRONMENT, ENVIRONMENT].map((scope, at) =>
        visit({ scope, visitorId: `visitor${at}`.padEnd(20, 'A'), time: NOON + at }),
      );
      const facts = await store.activity(asked);
      expect(facts.map(({ ipEvents }) => ipEvents.day)).toEqual([1, 1, 2, 1, 2]);
      expect(facts.map(({ linkedIdVisitors }) => linkedIdVisitors?.day)).toEqual([1, 1, 2, 1, 2]);
    });

    it('are those that events were recorded in, whatever environment that was', async () => {
      await record(visits(WORKSPACE, 4));
      await record(visits(ENVIRONMENT, 2));
      await record(visits(WORKSPACE, 1, 4));
      const asked = { visitorId: 'newcomerAAAAAAAAAAAA', time: NOON + 1 };
      expect(await activity(visit(asked))).toMatchObject({ ipEvents: each(6), linkedIdVisitors: each(6) });
      expect(await activity(visit({ ...asked, scope: ENVIRONMENT }))).toMatchObject({
        ipEvents: each(3),
        linkedIdVisitors: each(3),
      });
    });

    it('keep a linked id that is added or replaced later', async () => {
      const { store } = opened();
      const mine = visits(ENVIRONMENT, 3).map((one, at) => ({ ...one, linkedId: at === 0 ? null : 'guest' }));
      const others = visits(WORKSPACE, 2).map((one) => ({ ...one, linkedId: 'guest' }));
      const records = mine.map(asRecord);
      await store.record(records);
      await record(others);
      for (const { event } of records.slice(0, 2)) {
        await store.reviseEvent(WORKSPACE, event.id, (known) => ({ ...known, linkedId: 'later' }));
      }
      const now = mine.map((one, at) => ({ ...one, linkedId: at < 2 ? 'later' : 'guest' }));
      for (const scope of [WORKSPACE, ENVIRONMENT]) {
        for (const linkedId of ['guest', 'later']) {
          const asked = visit({ scope, linkedId, visitorId: 'newcomerAAAAAAAAAAAA', time: NOON + 1 });
          expect(await activity(asked)).toEqual(expected(asked, [...now, ...others]));
        }
      }
    });

    it.each([14, 15])('forget an erased visitor, and nobody else (%i)', async (seed) => {
      const { store } = opened();
      const known = randomVisits(seed, 420);
      const records = known.map(asRecord);
      for (let at = 0; at < records.length; at += 60) await store.record(records.slice(at, at + 60));
      const erased = known.find(({ workspaceId, scope }) => workspaceId === WORKSPACE && scope === ENVIRONMENT);
      if (erased === undefined) throw new Error('no visitor of an environment');
      expect(await store.eraseVisitor(WORKSPACE, erased.visitorId)).toBe(true);
      const others = known.filter(
        ({ workspaceId, visitorId }) => workspaceId !== WORKSPACE || visitorId !== erased.visitorId,
      );
      expect(others.length).toBeLessThan(known.length - 10);
      const asked = others.slice(-120);
      const facts = await Promise.all(asked.map((one) => store.activity([one])));
      expect(facts).toEqual(asked.map((one) => [expected(one, others)]));
    });
  });
};
