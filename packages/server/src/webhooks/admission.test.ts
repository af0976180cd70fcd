import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';

let count = 0;
const delivery = (webhookId: string, workspaceId = 'one') => ({ id: `wd_${count++}`, webhookId, workspaceId });
type Owned = ReturnType<typeof delivery>;
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
    expect(admission.handful).toBe(6);
  });

  it('takes smaller handfuls the fewer places are free, and no more than 256 in all', () => {
    const admission = new Admission(directoryOf({ one: ['a'] }));
    expect(admission.handful).toBe(8);
    admission.taken(deliveries(200, 'a'), 200);
    expect(admission.handful).toBe(3);
    admission.taken(deliveries(55, 'a'), 55);
    expect(admission.handful).toBe(1);
    admission.taken(deliveries(1, 'a'), 1);
    expect(admission.handful).toBe(0);
  });

  it.each<[string, (webhooks: string[][]) => string[]]>([
    ['one workspace after the other', (webhooks) => webhooks.flat()],
    [
      'a webhook of each in turn',
      (webhooks) => (webhooks[0] ?? []).flatMap((_, at) => webhooks.map((of) => of[at] ?? '')),
    ],
  ])('has a place for one more beside any 1 to 64 workspaces that are never answered: %s', (_, inLine) => {
    for (let busy = 1; busy <= 64; busy++) {
      const names = Array.from({ length: busy }, (_, at) => `w${at}`);
      const webhooks = names.map((name) => Array.from({ length: 20 }, (_, at) => `${name} ${at}`));
      const others = Object.fromEntries(names.map((name, at) => [name, webhooks[at] ?? []]));
      const admission = new Admission(directoryOf({ ...others, late: ['late'] }));
      const line = inLine(webhooks);
      const held = new Map<string, number>();
      // Everyone has more to send than there are places; the store gives what comes first in the line.
      for (let more = true; more; ) {
        const [wanted, rooms] = [admission.handful, admission.rooms()];
        const taken: Owned[] = [];
        for (const id of line) {
          const room = Math.min(rooms.get(id) ?? wanted, wanted - taken.length);
          if (room > 0) taken.push(...deliveries(room, id, id.split(' ')[0]));
        }
        for (const { workspaceId } of taken) held.set(workspaceId, (held.get(workspaceId) ?? 0) + 1);
        more = admission.taken(taken, wanted);
      }
      expect(held.size, `${busy} workspaces have places`).toBe(busy);
      expect(Math.max(...held.values())).toBeLessThan(Math.max(1, Math.floor(256 / (busy + 1))) + 8);
      expect(admission.handful, `a place is left by ${busy}`).toBeGreaterThan(0);
      expect(admission.rooms().get('late')).toBeUndefined();
    }
  });

  it('forgets that a webhook was slow when it is deleted', () => {
    const webhooks = { one: ['slow'] };
    const admission = new Admission(directoryOf(webhooks));
    const slow = delivery('slow');
    admission.taken([slow], 8);
    admission.attempted(slow, attempt(3_000, 'pending'));
    admission.ended(slow);
    expect(admission.rooms()).toEqual(new Map([['slow', 1]]));
    webhooks.one = [];
    expect(admission.rooms()).toEqual(new Map());
    webhooks.one = ['slow'];
    expect(admission.rooms()).toEqual(new Map());
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
