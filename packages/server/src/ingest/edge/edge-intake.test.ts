import type { EdgeEvent } from '@whorl/contract';
import { EdgeEvent as EdgeEventSchema } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { createAgentKeys } from '../../lookup/agent-keys.ts';
import { EdgeIntake } from './edge-intake.ts';
import type { ReportedRequest } from './read-edge-request.ts';

const isEdgeEvent = Compile(EdgeEventSchema);
const origin = { workspaceId: 'ws_0000000000000000', environmentId: null, time: 1_790_000_000_000 };

const request = (path = ''): ReportedRequest => ({
  headers: [
    { name: 'User-Agent', value: 'curl/8.14.1' },
    { name: 'Cookie', value: 'session=1' },
  ],
  method: 'GET',
  url: `https://shop.example/${path}`,
  addresses: { v4: '198.51.100.7' },
  linkedId: null,
  tag: {},
});

/** An intake over a store that answers each call by `record`. */
const intakeWith = (record: (events: EdgeEvent[]) => Promise<boolean[]>): EdgeIntake =>
  new EdgeIntake({
    store: { recordEdge: record },
    agentKeys: createAgentKeys(),
    reportFailure: ({ reason }) => {
      throw reason;
    },
    lookup: (address) => ({
      address,
      family: 4,
      isPublic: true,
      ipInfo: { v4: { address, geolocation: {} } },
      sources: [],
      countryOffsets: null,
    }),
  });

describe('EdgeIntake', () => {
  it('makes an event of the contract’s form, without secrets', async () => {
    const stored: EdgeEvent[] = [];
    const intake = intakeWith(async (events) => {
      stored.push(...events);
      return events.map(() => true);
    });
    const event = await intake.submit(request(), origin);
    expect([...isEdgeEvent.Errors(event)]).toEqual([]);
    expect(stored).toEqual([event]);
    expect(event).toMatchObject({
      ip: '198.51.100.7',
      botInfo: { name: 'curl', identity: 'unknown' },
      headers: [
        { name: 'User-Agent', value: 'curl/8.14.1' },
        { name: 'Cookie', value: '' },
      ],
    });
  });

  it('gives another id where one is taken, and only there', async () => {
    const tries: string[][] = [];
    const intake = intakeWith(async (events) => {
      tries.push(events.map(({ url }) => url.slice(-1)));
      return events.map(({ url }) => tries.length > 1 || url.endsWith('a'));
    });
    const events = await Promise.all(['a', 'b', 'c'].map((path) => intake.submit(request(path), origin)));
    expect(tries).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    expect(events.map(({ url }) => url.slice(-1))).toEqual(['a', 'b', 'c']);
  });

  it('gives up where no id is ever free', async () => {
    const intake = intakeWith(async (events) => events.map(() => false));
    await expect(intake.submit(request(), origin)).rejects.toThrow('no free id');
  });

  it('answers what was recorded before the store failed', async () => {
    let calls = 0;
    const intake = intakeWith(async (events) => {
      calls += 1;
      if (calls > 1) throw new Error('out of order');
      return events.map(({ url }) => url.endsWith('a'));
    });
    const [one, other] = await Promise.allSettled([
      intake.submit(request('a'), origin),
      intake.submit(request('b'), origin),
    ]);
    expect(one?.status).toBe('fulfilled');
    expect(other).toMatchObject({ status: 'rejected', reason: new Error('out of order') });
    await intake.drained();
  });
});
