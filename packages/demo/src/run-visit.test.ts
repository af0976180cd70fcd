import type { IngestAnswer } from '@whorl/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Visitor } from './agent-module.ts';
import { failureOf } from './failure.ts';
import { runVisit, type VisitListener } from './run-visit.ts';
import { sampleEvent } from './testing/sample-event.ts';

const site = { base: 'http://localhost:7070/', publicKey: 'pk' };
const answer: IngestAnswer = {
  version: 1,
  requestId: '1795368633123.aB3dE6',
  visitorId: 'aB3dE6gH9jK2mN5pQ8sT',
  visitorFound: false,
  confidence: 0.9,
  suspectScore: 0,
  nextNonce: 'n',
  proof: 'p&q',
};
const visitor: Visitor = { visit: async () => ({ answer }) };

/** Writes down in short words what a visit tells. */
const recorder = (): { told: string[]; listener: VisitListener } => {
  const told: string[] = [];
  return {
    told,
    listener: {
      step: (name, state) => told.push(`${name} ${state}`),
      read: ({ event }, first) => told.push(`${first ? 'first' : 'later'} reading, ${event.updates.length} updates`),
      failed: ({ code }) => told.push(`failed: ${code}`),
      settled: () => told.push('settled'),
    },
  };
};

const reading = (supplemented: boolean): Response => {
  const updates = supplemented ? [{ time: 1, by: 'supplement' as const, fields: [] }] : [];
  return Response.json({ event: sampleEvent({ updates }), v3: { products: {} } });
};

const happy = ['agent running', 'agent done', 'visit running', 'visit done', 'event running', 'event done'];

describe('runVisit', () => {
  const fetched = vi.fn<typeof fetch>();
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', fetched);
    fetched.mockReset();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('reads the event with the proof, and again until the supplement has come', async () => {
    fetched.mockImplementation(async () => reading(fetched.mock.calls.length >= 3));
    const { told, listener } = recorder();
    expect(await runVisit(site, visitor, listener, new AbortController().signal)).toBe(visitor);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(told).toEqual([
      ...happy,
      'first reading, 0 updates',
      'later reading, 0 updates',
      'later reading, 1 updates',
      'settled',
    ]);
    expect(fetched.mock.calls[0]?.[0]).toBe('http://localhost:7070/demo/events/1795368633123.aB3dE6?proof=p%26q');
  });

  it('stops asking when no supplement comes', async () => {
    fetched.mockImplementation(async () => reading(false));
    const { told, listener } = recorder();
    await runVisit(site, visitor, listener, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetched).toHaveBeenCalledTimes(4);
    expect(told.at(-1)).toBe('settled');
  });

  it('lets a later reading fail without spoiling the first', async () => {
    fetched.mockImplementation(async () => {
      if (fetched.mock.calls.length === 2) throw new TypeError('offline');
      return reading(fetched.mock.calls.length === 3);
    });
    const { told, listener } = recorder();
    await runVisit(site, visitor, listener, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(told.slice(happy.length)).toEqual(['first reading, 0 updates', 'later reading, 1 updates', 'settled']);
  });

  it('tells nothing more once it was aborted', async () => {
    fetched.mockImplementation(async () => reading(false));
    const { told, listener } = recorder();
    const controller = new AbortController();
    await runVisit(site, visitor, listener, controller.signal);
    controller.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([...happy, 'first reading, 0 updates']);
  });

  it('stops at a refused visit and asks for no event', async () => {
    const refused: Visitor = { visit: async () => failureOf('visit', 'Not available for this origin', '') };
    const { told, listener } = recorder();
    expect(await runVisit(site, refused, listener, new AbortController().signal)).toBeUndefined();
    expect(told.slice(2)).toEqual(['visit running', 'visit failed', 'failed: Not available for this origin']);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('tells the server’s refusal to show the event', async () => {
    fetched.mockImplementation(async () =>
      Response.json({ error: { code: 'RequestNotFound', message: 'no such visit' } }, { status: 404 }),
    );
    const { told, listener } = recorder();
    await runVisit(site, visitor, listener, new AbortController().signal);
    expect(told.slice(-2)).toEqual(['event failed', 'failed: RequestNotFound']);
  });
});
