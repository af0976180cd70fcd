import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../storage/store.ts';
import { type OpsParts, opsRoutes } from './ops-routes.ts';

const readyz = async (parts: Partial<OpsParts>): Promise<unknown> => {
  const app = Fastify();
  // The routes ask a store for these two alone.
  const store = { kind: 'sqlite', ping: async () => {} } as unknown as Store;
  const metrics = { contentType: 'text/plain', text: async () => '' };
  await app.register(opsRoutes({ store, notReady: () => null, metrics, ...parts }));
  const { statusCode, body } = await app.inject('/readyz');
  await app.close();
  expect(statusCode).toBe(200);
  return JSON.parse(body);
};

describe('/readyz', () => {
  it('says nothing of network lists where none are used', async () => {
    expect(await readyz({})).toEqual({ status: 'ready', store: 'sqlite' });
  });

  it('is ready without a single list, and tells what is wrong with them', async () => {
    const lists = () => [
      { name: 'tor', rows: null, problem: { text: 'it is empty' } },
      { name: 'relay', rows: 5, problem: null },
    ];
    expect(await readyz({ lists })).toEqual({
      status: 'ready',
      store: 'sqlite',
      networkLists: { configured: 2, loaded: 1, problems: { tor: 'it is empty' } },
    });
  });

  it('is ready with address databases that are damaged, and tells which', async () => {
    const databases = () => [
      { path: '/a.mmdb', type: 'GeoLite2-City', problem: 'it is not there' },
      { path: '/b.mmdb', type: null, problem: 'it is damaged' },
    ];
    expect(await readyz({ databases })).toEqual({
      status: 'ready',
      store: 'sqlite',
      addressDatabases: {
        configured: 2,
        loaded: 1,
        problems: { 'a.mmdb': 'it is not there', 'b.mmdb': 'it is damaged' },
      },
    });
  });
});
