import { describe, expect, it } from 'vitest';
import { useV3 } from './testing/use-v3.ts';

const { server, record, recordMany, search, addEnvironment } = useV3();

/** Ids of the events of one visitor that a filter finds, so that tests do not see one another's. */
const found = async (visitorId: string, query: string) => {
  const { ids } = await search(`limit=100&visitor_id=${visitorId}&${query}`);
  return ids;
};

const visitorOf = (() => {
  let count = 0;
  return () => `visitor${String(++count).padStart(13, '0')}`;
})();

describe('empty texts', () => {
  it('are not given', async () => {
    const visitorId = visitorOf();
    const { id } = await record({ visitorId, linkedId: 'not empty' });
    const texts = ['pagination_key', 'linked_id', 'bot', 'ip_address', 'sdk_version', 'sdk_platform', 'proximity_id'];
    for (const name of [...texts, 'vpn_confidence', 'rare_device_percentile_bucket', 'environment', 'environment[]']) {
      expect(await found(visitorId, `${name}=`), name).toEqual([id]);
    }
    expect(await search('limit=1&visitor_id=&linked_id=not+empty')).toMatchObject({ ids: [id] });
  });
});

describe('environments', () => {
  it('are given in brackets or repeated; empty entries do not count', async () => {
    const visitorId = visitorOf();
    const here = server().first.environment.id;
    const there = 'ae_4444444444444444';
    await addEnvironment(there);
    const one = await record({ visitorId });
    const two = await record({ visitorId, environmentId: there });
    const both = [one.id, two.id].sort();
    const sorted = async (query: string) => (await found(visitorId, query)).sort();
    expect(await sorted(`environment=${here}`)).toEqual([one.id]);
    expect(await sorted(`environment[]=${there}`)).toEqual([two.id]);
    expect(await sorted(`environment[]=${here}&environment[]=${there}`)).toEqual(both);
    expect(await sorted(`environment%5B%5D=${here}&environment=${there}`)).toEqual(both);
    expect(await sorted(`environment=${here}&environment=&environment=null`)).toEqual([one.id]);
    expect(await sorted('environment=&environment[]=')).toEqual(both);
    expect(await sorted('environment=ae_9999999999999999')).toEqual([]);
    expect(await sorted('environment=nonsense')).toEqual([]);
  });

  it('are limited to that of the key', async () => {
    const visitorId = visitorOf();
    const { secretKey } = await addEnvironment('ae_5555555555555555');
    await record({ visitorId });
    const { id } = await record({ visitorId, environmentId: 'ae_5555555555555555' });
    const query = `limit=5&visitor_id=${visitorId}`;
    expect((await search(query, secretKey)).ids).toEqual([id]);
    expect((await search(`${query}&environment=ae_5555555555555555`, secretKey)).ids).toEqual([id]);
    expect((await search(`${query}&environment=${server().first.environment.id}`, secretKey)).ids).toEqual([]);
    expect((await search(query)).ids).toHaveLength(2);
  });
});

describe('pages', () => {
  const pages = async (query: string, between: () => Promise<unknown> = async () => undefined) => {
    const seen: string[] = [];
    let key: string | undefined;
    do {
      const page = await search(`${query}${key === undefined ? '' : `&pagination_key=${encodeURIComponent(key)}`}`);
      expect(page.ids.length).toBeGreaterThan(0);
      seen.push(...page.ids);
      key = page.paginationKey;
      if (key !== undefined) await between();
    } while (key !== undefined);
    return seen;
  };

  it.each(['false', 'true'])('show each event once while others arrive, reverse=%s', async (reverse) => {
    const visitorId = visitorOf();
    const start = Date.now() - 60_000;
    const ids: string[] = [];
    // Three events in each millisecond, so that pages end within one.
    for (let at = 0; at < 12; at++) ids.push((await record({ visitorId, time: start + Math.floor(at / 3) })).id);
    ids.sort();
    if (reverse === 'false') ids.reverse();
    const arrive = () => record({ visitorId, time: Date.now() + 1 });
    expect(await pages(`limit=5&visitor_id=${visitorId}&reverse=${reverse}`, arrive)).toEqual(ids);
    expect(await pages(`limit=1&visitor_id=${visitorId}&reverse=${reverse}&end=${start + 2}`, arrive)).toEqual(
      ids.filter((id) => Number(id.slice(0, 13)) < start + 2),
    );
  });

  it('have no key after the last', async () => {
    const visitorId = visitorOf();
    for (let at = 0; at < 4; at++) await record({ visitorId });
    expect(await search(`limit=4&visitor_id=${visitorId}`)).not.toHaveProperty('paginationKey');
    expect(await search(`limit=3&visitor_id=${visitorId}`)).toHaveProperty('paginationKey');
  });

  it('begin behind a time as well', async () => {
    const visitorId = visitorOf();
    const time = Date.now() - 5000;
    const events = [];
    for (const step of [0, 1, 1, 2]) events.push(await record({ visitorId, time: time + step }));
    expect(await found(visitorId, `pagination_key=${time + 1}`)).toEqual([events[0]?.id]);
    expect(await found(visitorId, `pagination_key=${time + 1}&reverse=true`)).toEqual([events[3]?.id]);
  });

  it('hold two hundred events at most', async () => {
    const visitorId = visitorOf();
    await recordMany(201, { visitorId });
    const page = await search(`limit=2147483647&visitor_id=${visitorId}`);
    expect(page.ids).toHaveLength(200);
    expect((await search(`limit=1000&visitor_id=${visitorId}&pagination_key=${page.paginationKey}`)).ids).toHaveLength(
      1,
    );
  });
});
