import { randomBytes } from 'node:crypto';
import type { EdgeEvent } from '@whorl/contract';
import { makeRequestId } from '../request-id.ts';
import { ENVIRONMENT, NOON, sampleSignals, WORKSPACE } from './sample-event.ts';

/** A whole event of a request that was judged at the edge, but for what a test says. */
export const sampleEdgeEvent = (traits: Partial<EdgeEvent> = {}): EdgeEvent => {
  const { time = NOON, ip = '203.0.113.7' } = traits;
  const { ipInfo, vpn, proxy } = sampleSignals(ip);
  return {
    version: 1,
    id: makeRequestId(time, 7, randomBytes(8)),
    time,
    workspaceId: WORKSPACE,
    environmentId: ENVIRONMENT,
    url: 'https://shop.example/api/prices',
    method: 'GET',
    ip,
    headers: [{ name: 'User-Agent', value: 'Sample/1.0' }],
    tag: {},
    signals: { ipInfo, vpn, proxy },
    ...traits,
  };
};
