import { V3_VISITS_PAGE, V3Visits, v3PlainErrors } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { useV3 } from './testing/use-v3.ts';

const { call, record, recordMany, visit, addEnvironment } = useV3();

const answers = Compile(V3Visits);

const visitorOf = (() => {
  let count = 0;
  return () => `visitor${String(++count).padStart(13, '0')}`;
})();

const history = async (visitorId: string, query = '', key?: string): Promise<V3Visits> => {
  const answer = await call('GET', `/visitors/${visitorId}?${query}`, key === undefined ? {} : { key });
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answers.Check(answer.json()), JSON.stringify(answers.Errors(answer.json())[0])).toBe(true);
  return answer.json();
};

const idsOf = ({ visits }: V3Visits): string[] => visits.map(({ requestId }) => requestId);

describe('GET /visitors/{visitor_id}', () => {
  it('shows the visits of the agent, newest first', async () => {
    const first = await visit({ ip: '198.51.100.90', change: { linkedId: 'order', tag: { a: 1 } } });
    const second = await visit({ ip: '198.51.100.90' });
    expect(second.visitorId).toBe(first.visitorId);
    const { visitorId, visits, ...rest } = await history(first.visitorId);
    expect(rest).toEqual({});
    expect(visitorId).toBe(first.visitorId);
    expect(visits.map(({ requestId }) => requestId)).toEqual([second.requestId, first.requestId]);
    expect(visits[1]).toMatchObject({
      linkedId: 'order',
      tag: { a: 1 },
      ip: '198.51.100.90',
      visitorFound: false,
      lastSeenAt: { global: null, subscription: null },
    });
    expect(visits[0]).toMatchObject({ visitorFound: true, tag: {} });
  });

  it('has no visits of whom it does not know', async () => {
    expect(await history('unknownVisitor123456', 'limit=1')).toEqual({ visitorId: 'unknownVisitor123456', visits: [] });
  });

  it('reads so many visits first, and filters them then', async () => {
    const visitorId = visitorOf();
    const events = [];
    for (let at = 0; at < 6; at++) {
      events.push(await record({ visitorId, time: Date.now() - 1000 + at, linkedId: at < 2 ? 'old' : 'new' }));
    }
    const ids = events.map(({ id }) => id).reverse();
    expect(idsOf(await history(visitorId, 'limit=4&linked_id=old'))).toEqual([]);
    const next = await history(visitorId, 'limit=4&linked_id=old');
    expect(next).toMatchObject({ paginationKey: ids[3], lastTimestamp: events[2]?.time });
    expect(idsOf(await history(visitorId, `limit=4&linked_id=old&paginationKey=${ids[3]}`))).toEqual(ids.slice(4));
    expect(idsOf(await history(visitorId, `request_id=${ids[5]}`))).toEqual([ids[5]]);
    expect(idsOf(await history(visitorId, `limit=5&request_id=${ids[5]}`))).toEqual([]);
    expect(idsOf(await history(visitorId, 'request_id=nonsense'))).toEqual([]);
    expect(idsOf(await history(visitorId, 'linked_id=&request_id=&paginationKey='))).toEqual(ids);
  });

  it('goes on where a page ended, also within a millisecond and while visits arrive', async () => {
    const visitorId = visitorOf();
    const time = Date.now() - 5000;
    const ids: string[] = [];
    for (let at = 0; at < 7; at++) ids.push((await record({ visitorId, time })).id);
    ids.sort().reverse();
    const seen: string[] = [];
    let page = await history(visitorId, 'limit=3');
    for (;;) {
      seen.push(...idsOf(page));
      if (page.paginationKey === undefined) break;
      expect(page.lastTimestamp).toBe(time);
      await record({ visitorId, time: Date.now() });
      page = await history(visitorId, `limit=3&paginationKey=${page.paginationKey}`);
    }
    expect(seen).toEqual(ids);
    expect(page).not.toHaveProperty('lastTimestamp');
  });

  it('goes on before a time, the older way', async () => {
    const visitorId = visitorOf();
    const events = [];
    for (const age of [3000, 2000, 1000]) events.push(await record({ visitorId, time: Date.now() - age }));
    expect(idsOf(await history(visitorId, `before=${events[1]?.time}`))).toEqual([events[0]?.id]);
    expect(idsOf(await history(visitorId, 'before=0'))).toEqual([]);
  });

  it('reads a hundred visits unless told otherwise, and five hundred at most', async () => {
    const visitorId = visitorOf();
    await recordMany(V3_VISITS_PAGE.most + 1, { visitorId });
    expect((await history(visitorId)).visits).toHaveLength(V3_VISITS_PAGE.usual);
    expect(await history(visitorId)).toHaveProperty('paginationKey');
    expect((await history(visitorId, 'limit=2147483647')).visits).toHaveLength(V3_VISITS_PAGE.most);
    expect(await history(visitorId, 'limit=0')).toEqual({ visitorId, visits: [] });
  });

  it('shows a key of one environment the visits of that environment alone', async () => {
    const visitorId = visitorOf();
    const { secretKey } = await addEnvironment('ae_6666666666666666');
    await record({ visitorId });
    const { id } = await record({ visitorId, environmentId: 'ae_6666666666666666' });
    expect(idsOf(await history(visitorId, '', secretKey))).toEqual([id]);
    expect((await history(visitorId)).visits).toHaveLength(2);
  });

  it.each([
    '/visitors/short',
    '/visitors/',
    '/visitors/%ff',
    '/visitors/unknownVisitor123456?limit=many',
    '/visitors/unknownVisitor123456?limit=-1',
    '/visitors/unknownVisitor123456?limit=1&limit=1',
    '/visitors/unknownVisitor123456?paginationKey=nonsense',
    '/visitors/unknownVisitor123456?before=now',
    `/visitors/unknownVisitor123456?linked_id=${'x'.repeat(257)}`,
    `/visitors/unknownVisitor123456?request_id=${'x'.repeat(65)}`,
  ])('refuses %.60s in two words', async (url) => {
    const answer = await call('GET', url);
    expect([answer.statusCode, answer.json()]).toEqual([400, { error: v3PlainErrors.badRequest.message }]);
  });
});
