import type { Feature } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { chromiumSources } from '../testing/chromium-sources.ts';
import { useTestServer } from '../testing/use-test-server.ts';

const { server, visit } = useTestServer();

const within = async <T>(disabledFeatures: Feature[], run: () => Promise<T>): Promise<T> => {
  const { store, first } = server();
  await store.changeWorkspace(first.workspace.id, () => ({ disabledFeatures }));
  try {
    return await run();
  } finally {
    await store.changeWorkspace(first.workspace.id, () => ({ disabledFeatures: [] }));
  }
};

/** A private window that asks for all that a page can be told. */
const privateVisit = () =>
  visit({
    change: { extended: true, sources: chromiumSources({ incognito: { isPrivate: true, browserName: 'Chrome' } }) },
  });

/** What a page is told of the tools that it finds open after the visit. */
const toolsOpened = async (): Promise<string[]> => {
  const { requestId, proof } = await visit();
  const { app, publicKey } = server();
  const answer = await app.inject({
    method: 'POST',
    url: `/ingest/v1/${publicKey}/supplement`,
    payload: {
      version: 1,
      requestId,
      proof,
      sources: { developerTools: { v: { stackTraceHits: 3, probes: 12, elapsed: 2_500 }, d: 2_500 } },
    },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ updated: string[] }>().updated;
};

describe('what a page is told', () => {
  it('has everything while nothing is switched off', async () => {
    const answer = await privateVisit();
    expect(answer.suspectScore).toBeGreaterThan(0);
    expect(answer.extended?.incognito).toBe(true);
    expect(await toolsOpened()).toEqual(['developerTools']);
  });

  it('has no score where that is switched off', async () => {
    const answer = await within(['suspectScore'], privateVisit);
    expect(answer).not.toHaveProperty('suspectScore');
    expect(answer.extended?.incognito).toBe(true);
  });

  it('knows of no private window where that is switched off', async () => {
    const answer = await within(['incognito'], privateVisit);
    expect(answer.extended?.incognito).toBe(false);
    expect(answer).toHaveProperty('suspectScore');
  });

  it('names no signal that is switched off among those that late evidence changed', async () => {
    expect(await within(['developerTools'], toolsOpened)).toEqual([]);
  });
});
