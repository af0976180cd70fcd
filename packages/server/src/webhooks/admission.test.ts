import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';

let count = 0;
const delivery = (webhookId: string, workspaceId = 'one') => ({ id: `wd_${count++}`, webhookId, workspaceId });
const deliveries = (many: number, webhookId: string, workspaceId = 'one') =>
  Array.from({ length: many }, () => delivery(webhookId, workspaceId));

const directoryOf = (webhooks: Record<string, string[]>, resting: string[] = []) => ({
  ids: () => Object.values(webhooks).flat(),
  idsOf: (workspaceId: string) => webhooks[workspaceId] ?? [],
  resting: () => resting,
});

/** How an attempt of so many milliseconds ended. */
const attempt = (duration: number, state: 'pending' | 'delivered') => ({
  attempts: [{ time: 0, status: state === 'delivered' ? 200 : null, error: null, duration }],
  next: state === 'pending' ? { state, at: 0 } : { state },
});

describe('Admission', () => {
  it('gives a webhook eight places, and those that rest none', () => {
    const admission = new Admission(directoryOf({ one: ['a', 'b', 'off'] }, ['off']));
    const three = deliveries(3, 'a');
    expect(admission.taken(three, 8)).toBe(false);
    expect(admission.rooms()).toEqual(new Map([['a', 5]]).set('off', 0));
    for (const each of three) admission.ended(each);
    expect(admission.rooms()).toEqual(new Map([['off', 0]]));
  });

  it('asks a webhook that fails slowly one at a time, until one is delivered', () => {
    const admission = new Admission(directoryOf({ one: ['slow', 'quick'] }));
    const [slow, quick] = [delivery('slow'), delivery('quick')];
    admission.taken([slow, quick], 8);
    admission.attempted(slow, attempt(3_000, 'pending'));
    admission.attempted(quick, attempt(5, 'pending'));
    expect(admission.rooms().get('slow')).toBe(0);
    admission.ended(slow);
    admission.ended(quick);
    expect(admission.rooms()).toEqual(new Map([['slow', 1]]));
    admission.attempted(slow, attempt(5, 'pending'));
    expect(admission.rooms().get('slow')).toBe(1);
    admission.attempted(slow, attempt(2_900, 'delivered'));
    expect(admission.rooms()).toEqual(new Map());
  });

  it('lets a workspace have its share of the places, and leaves one share free', () => {
    const webhooks = Array.from({ length: 100 }, (_, at) => `b${at}`);
    const admission = new Admission(directoryOf({ one: ['a'], two: webhooks }));
    for (let under = 0; under < 120; under += 8) {
      admission.taken(deliveries(8, `b${under}`, 'two'), 8);
    }
    // The turns end: the next claim found nothing else.
    admission.taken([], 8);
    expect(admission.rooms().get('b99')).toBeUndefined();
    admission.taken(deliveries(8, 'b98', 'two'), 8);
    admission.taken([], 8);
    const rooms = admission.rooms();
    expect(webhooks.every((id) => rooms.get(id) === 0)).toBe(true);
    expect(rooms.get('a')).toBeUndefined();
    expect(admission.handful).toBe(8);
  });

  it('takes no more than 256 in all', () => {
    const workspaces = Object.fromEntries(Array.from({ length: 64 }, (_, at) => [`w${at}`, [`h${at}`]]));
    const admission = new Admission(directoryOf(workspaces));
    for (let at = 0; at < 63; at++) admission.taken(deliveries(4, `h${at}`, `w${at}`), 8);
    expect(admission.handful).toBe(4);
    admission.taken(deliveries(4, 'h63', 'w63'), 4);
    expect(admission.handful).toBe(0);
  });

  it('gives the next turn to the others, and goes on when they have had theirs', () => {
    const admission = new Admission(directoryOf({ one: ['a'], two: ['b'] }));
    expect(admission.taken(deliveries(8, 'a'), 8)).toBe(true);
    expect(admission.rooms().get('a')).toBe(0);
    expect(admission.rooms().get('b')).toBeUndefined();
    const [first] = deliveries(1, 'b', 'two');
    // More may be due of those that gave way.
    expect(admission.taken(first === undefined ? [] : [first], 8)).toBe(true);
    expect(admission.taken([], 8)).toBe(false);
  });

  it('does not let the only workspace wait for nobody', () => {
    const admission = new Admission(directoryOf({ one: ['a', 'b'] }));
    admission.taken(deliveries(8, 'a'), 8);
    expect(admission.rooms()).toEqual(new Map([['a', 0]]));
  });
});
