import { expect, it } from 'vitest';
import { machineSources } from '../testing/chromium-sources.ts';
import { useTestServer } from '../testing/use-test-server.ts';

const { server, visit } = useTestServer();

it('leaves no sum of a visitor that is erased before it was counted', async () => {
  const { store, app, secretKey } = server();
  const raised = new Set<number>();
  const raiseCounts = store.raiseCounts.bind(store);
  store.raiseCounts = async (raises) => {
    for (const { key } of raises) raised.add(key);
    return raiseCounts(raises);
  };
  const { visitorId } = await visit({ ip: '203.0.113.61', change: { sources: machineSources('erased at once') } });
  const erased = await app.inject({
    method: 'DELETE',
    url: `/visitors/${visitorId}`,
    headers: { 'auth-api-key': secretKey },
  });
  expect(erased.statusCode).toBe(200);
  const keys = [...raised];
  expect(keys.length).toBeGreaterThan(50);
  await server().flushCounts();
  const left = (await store.readCounts(keys)).filter((sum) => sum > 0);
  // What is left tells that somebody came: arrivals, and how many values there are, but not which.
  expect(left.length).toBeLessThan(keys.length / 2);
});
