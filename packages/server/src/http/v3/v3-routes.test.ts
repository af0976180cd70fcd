import { v3Errors, v3PlainErrors } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useV3 } from './testing/use-v3.ts';

const { server, visit, read, call, addEnvironment, withWorkspace } = useV3();

const told = ({ code, message }: { code: string; message: string }) => ({ error: { code, message } });

const UNKNOWN_EVENT = '1700000000000.abcdef';
const UNKNOWN_VISITOR = 'unknownVisitor123456';

const endpoints = [
  ['GET', `/events/${UNKNOWN_EVENT}`],
  ['PUT', `/events/${UNKNOWN_EVENT}`],
  ['GET', '/events/search?limit=nonsense'],
  ['GET', '/visitors/nonsense'],
  ['DELETE', '/visitors/nonsense'],
  ['GET', '/related-visitors'],
  ['GET', '/events/'],
  ['PUT', '/events'],
  ['GET', '/events/%ff'],
  ['PUT', '/events/%ff'],
  ['GET', '/visitors/%ff'],
  ['DELETE', '/visitors/%ff'],
] as const;

/** `GET /visitors` is older than the other endpoints, and says less. */
const isPlain = (method: string, url: string) => method === 'GET' && url.startsWith('/visitors');

describe.each(endpoints)('%s %s checks first', (method, url) => {
  const plain = isPlain(method, url);

  it.each([
    ['no key', { key: null }, v3Errors.tokenRequired],
    ['an empty key', { key: '' }, v3Errors.tokenRequired],
    ['a wrong key', { key: 'nonsense' }, v3Errors.tokenNotFound],
    ['a public key', { key: 'publicKeyForTests' }, v3Errors.tokenNotFound],
  ])('%s', async (_, sent, error) => {
    const answer = await call(method, url, sent);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toEqual(plain ? { error: v3PlainErrors.forbidden.message } : told(error));
  });

  it('that the region is right', async () => {
    await withWorkspace({ region: 'eu', active: false }, async () => {
      const answer = await call(method, url);
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toEqual(plain ? { error: 'Wrong region (HTTP 403)' } : told(v3Errors.wrongRegion));
    });
  });

  it('that the workspace is active', async () => {
    const perKey = { requests: 1, seconds: 60 };
    await withWorkspace({ active: false, rateLimits: { perKey, perAddress: null } }, async () => {
      for (let time = 0; time < 3; time++) {
        const answer = await call(method, url);
        expect(answer.statusCode).toBe(403);
        expect(answer.json()).toEqual(plain ? { error: 'Forbidden (HTTP 403)' } : told(v3Errors.subscriptionNotActive));
      }
    });
  });

  it('that the limit is not reached', async () => {
    // A limit of its own for each endpoint, so that none counts what another has used up.
    const seconds = 30 + endpoints.findIndex((each) => each[0] === method && each[1] === url);
    const rateLimits = { perKey: { requests: 1, seconds }, perAddress: null };
    await withWorkspace({ rateLimits, disabledFeatures: ['deleteVisitors', 'relatedVisitors'] }, async () => {
      expect((await call(method, url)).statusCode).not.toBe(429);
      const answer = await call(method, url);
      expect(answer.statusCode).toBe(429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(seconds);
      expect(answer.json()).toEqual(plain ? { error: 'too many requests' } : told(v3Errors.tooManyRequests));
    });
  });
});

describe('a key', () => {
  it('may come in the query', async () => {
    const { requestId } = await visit();
    const url = `/events/${requestId}?api_key=${server().secretKey}`;
    expect((await call('GET', url, { key: null })).statusCode).toBe(200);
    expect((await call('GET', `/events/%ff?api_key=${server().secretKey}`, { key: null })).json()).toEqual(
      told(v3Errors.requestNotFound),
    );
  });

  it('of one environment shows the events of that environment alone', async () => {
    const { requestId } = await visit();
    const staging = await addEnvironment('ae_1111111111111111');
    const staged = await visit({ key: staging.publicKey });
    const headers = { 'auth-api-key': staging.secretKey };
    expect((await read(requestId, headers)).statusCode).toBe(404);
    expect((await read(staged.requestId, headers)).statusCode).toBe(200);
    expect((await read(staged.requestId)).statusCode).toBe(200);
  });
});

describe('GET /events/{request_id}', () => {
  it.each([
    ['an id that was never given', UNKNOWN_EVENT],
    ['what is no id', 'nonsense'],
    ['nothing', ''],
    ['an escape', '%00'],
    ['a query', "1' or '1'='1"],
    ['a very long text', 'x'.repeat(40_000)],
  ])('does not find %s', async (_, id) => {
    const answer = await read(encodeURIComponent(id));
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual(told(v3Errors.requestNotFound));
  });

  it('leaves out what the workspace has switched off', async () => {
    const { requestId } = await visit();
    await withWorkspace({ disabledFeatures: ['botd', 'velocity', 'suspectScore', 'rawDeviceAttributes'] }, async () => {
      const { products } = (await read(requestId)).json<{ products: object }>();
      expect(Object.keys(products)).toContain('vpn');
      for (const name of ['botd', 'velocity', 'suspectScore', 'rawDeviceAttributes']) {
        expect(products).not.toHaveProperty(name);
      }
    });
  });
});

describe('DELETE /visitors/{visitor_id}', () => {
  it('needs the feature, then a key of the workspace, then an id, and that there is such a visitor', async () => {
    const { secretKey } = await addEnvironment('ae_2222222222222222');
    const remove = async (id: string, sent: Parameters<typeof call>[2] = {}) => {
      const answer = await call('DELETE', `/visitors/${id}`, sent);
      return [answer.statusCode, answer.json()];
    };
    await withWorkspace({ disabledFeatures: ['deleteVisitors'] }, async () => {
      expect(await remove('nonsense', { key: secretKey })).toEqual([403, told(v3Errors.featureNotEnabled)]);
    });
    const scoped = told(v3Errors.workspaceScopedSecretKeyRequired);
    expect(await remove('nonsense', { key: secretKey })).toEqual([403, scoped]);
    expect(await remove('nonsense')).toEqual([400, told(v3Errors.invalidVisitorId)]);
    expect(await remove('%ff')).toEqual([400, told(v3Errors.invalidVisitorId)]);
    expect(await remove('')).toEqual([400, told(v3Errors.visitorIdRequired)]);
    expect(await remove(UNKNOWN_VISITOR)).toEqual([404, told(v3Errors.visitorNotFound)]);
  });

  it('erases the visitor, of whom nothing is known afterwards', async () => {
    const { requestId, visitorId } = await visit({ ip: '198.51.100.201' });
    const answer = await call('DELETE', `/visitors/${visitorId}`, { headers: { 'content-type': 'application/json' } });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect((await read(requestId)).statusCode).toBe(404);
    expect((await call('GET', `/visitors/${visitorId}`)).json()).toEqual({ visitorId, visits: [] });
    expect((await call('DELETE', `/visitors/${visitorId}`)).json()).toEqual(told(v3Errors.visitorNotFound));
    const again = await visit({ ip: '198.51.100.201' });
    expect(again).toMatchObject({ visitorFound: false });
    expect(again.visitorId).not.toBe(visitorId);
  });
});
