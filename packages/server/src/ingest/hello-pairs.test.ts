import type { Event } from '@whorl/contract';
import { hashText, type Portrait, portray, readClient } from '@whorl/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { CountedCrowd } from '../../../engine/src/testing/counted-crowd.ts';
import { readConnection } from '../http/agent/connection-facts.ts';
import { asStored } from '../storage/packed-raises.ts';
import { scopedKey } from '../storage/scoped-key.ts';
import { chromiumSources, chromiumUserAgent, machineSources } from '../testing/chromium-sources.ts';
import { useTestServer } from '../testing/use-test-server.ts';
import { checkComponents } from './check-components.ts';

const trustedProxies = ['127.0.0.0/8'];
const { server, visit } = useTestServer({
  connection: readConnection({ trustedProxies, ja4Header: 'x-ja4', tcpOsHeader: null, helloOf: () => undefined }),
});

// Both have Chromium's ciphers, and protocols that browsers ask for: no rule speaks, and the workspace alone tells them apart.
const USUAL = 't13d1517h2_8daaf6152771_cb7bf5808d99';
const OTHERS = 't13d1516h3_8daaf6152771_02713d6af862';
/** The usual one of a connection that is resumed. */
const RESUMED = 't13d1518h2_8daaf6152771_02713d6af862';

const chromium = (ja4: string): Portrait => {
  const components = checkComponents(chromiumSources(), 'js');
  const browser = readClient('js', components, chromiumUserAgent);
  return portray({ components, browser, address: '', network: '', ja4 }, Date.now());
};

/** Visitors of days before: Chromium with its hello, and as many of another browser with another. */
const fill = async () => {
  const crowd = new CountedCrowd()
    .add(800, chromium(USUAL))
    .add(800, { ...chromium(OTHERS), kindHash: hashText('Linux|Other') });
  const scope = hashText(server().first.workspace.id);
  const scoped = crowd.counted().map(({ key, by }) => ({ key: scopedKey(scope, key), by }));
  await server().store.raiseCounts(asStored(scoped, Date.now()));
};

const strangeOf = async (ja4: string, machine: string): Promise<unknown[]> => {
  const sources = { ...machineSources(machine) };
  const { requestId } = await visit({ change: { sources }, headers: { 'x-ja4': ja4 } });
  const event = (await server().store.event({ workspaceId: server().first.workspace.id }, requestId)) as Event;
  const { evidence, data } = event.signals.tampering;
  expect(data.anomalyScore).toBeLessThan(0.5);
  return evidence.filter(({ from }) => from === 'store').map(({ value }) => value);
};

describe('a hello that nobody else has in this browser', () => {
  beforeAll(fill);

  it('is evidence, for the next few who have it, too', async () => {
    const strange = { attribute: 'ja4', beside: ['os', 'browser', 'version'], expected: expect.closeTo(400, -1) };
    expect(await strangeOf(USUAL, 'first')).toEqual([]);
    expect(await strangeOf(RESUMED, 'second')).toEqual([]);
    for (const machine of ['third', 'fourth']) expect(await strangeOf(OTHERS, machine)).toEqual([strange]);
  });
});
