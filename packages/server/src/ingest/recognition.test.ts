import type { Event, OpenAnswer } from '@whorl/contract';
import { MOST_COMPARED } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { machineSources } from '../testing/chromium-sources.ts';
import { type Sent, useTestServer } from '../testing/use-test-server.ts';

const { server, visit } = useTestServer();

const eventOf = async ({ requestId }: OpenAnswer): Promise<Event> =>
  (await server().store.event({ workspaceId: server().first.workspace.id }, requestId)) as Event;

const at = (ip: string, machine: string, change: Parameters<typeof machineSources>[1] = {}): Sent => ({
  ip,
  change: { sources: machineSources(machine, change) },
});

/** Enough strangers that the workspace knows what is common. */
const crowd = async (): Promise<void> => {
  for (let one = 0; one < 30; one++) await visit(at(`203.0.113.${one}`, `one of the crowd ${one}`));
};

describe('recognition without a token', () => {
  it.each<[string, Sent, Sent, string]>([
    ['elsewhere', at('198.51.100.10', 'traveller'), at('192.0.2.10', 'traveller'), 'address'],
    [
      'on another screen',
      at('198.51.100.11', 'desk'),
      at('198.51.100.11', 'desk', { screenResolution: [3440, 1440] }),
      'screen',
    ],
    [
      'in another timezone',
      at('198.51.100.12', 'flight'),
      at('198.51.100.12', 'flight', { timezone: 'Asia/Tokyo' }),
      'timezone',
    ],
    [
      'with other languages',
      at('198.51.100.13', 'polyglot'),
      at('198.51.100.13', 'polyglot', { languages: [['fr-FR'], ['de-DE']], dateTimeLocale: 'fr-FR' }),
      'language',
    ],
  ])('finds a browser again %s, and names what has changed', async (_, first, later, moved) => {
    await crowd();
    const known = await visit(first);
    const again = await visit(later);
    expect(again).toMatchObject({ visitorId: known.visitorId, visitorFound: true });
    const { identity } = await eventOf(again);
    expect(identity.confidence).toBeGreaterThanOrEqual(0.8);
    expect(identity.explanation).toMatchObject({ method: 'key' });
    expect(identity.explanation.reasons).toContainEqual(expect.objectContaining({ fact: moved, value: 'moved' }));
    expect(identity.explanation.reasons).toContainEqual(expect.objectContaining({ fact: 'canvas', value: 'agreed' }));
  });

  it('keeps two machines behind one address apart', async () => {
    const [a, b] = [await visit(at('198.51.100.30', 'left')), await visit(at('198.51.100.30', 'right'))];
    expect(a.visitorId).not.toBe(b.visitorId);
    expect((await eventOf(b)).identity.explanation).toMatchObject({ method: 'new' });
  });

  it('compares nobody where too little was collected', async () => {
    const known = await visit(at('198.51.100.31', 'talkative'));
    const silent = await visit({ ip: '198.51.100.31', change: { sources: {} } });
    expect(silent.visitorId).not.toBe(known.visitorId);
    expect(silent.confidence).toBe(0.5);
  });

  it('merges nobody with a visit that hides half of what a browser shows', async () => {
    const known = await visit(at('198.51.100.32', 'open'));
    const entries = Object.entries(machineSources('half hidden'));
    const half = Object.fromEntries(entries.filter((_, place) => place % 2 === 0));
    const hidden = await visit({ ip: '198.51.100.32', change: { sources: half } });
    expect(hidden.visitorId).not.toBe(known.visitorId);
  });

  it('survives absurd values', async () => {
    const absurd = machineSources('absurd', {
      fonts: Array.from({ length: 400 }, (_, n) => `\u0000${'f'.repeat(n % 40)}`),
      hardwareConcurrency: 1e9,
      deviceMemory: 1e-9,
      screenResolution: [0, 1e9],
      timezone: '\ud83d\ude00'.repeat(20),
    });
    const first = await visit({ ip: '198.51.100.33', change: { sources: absurd } });
    const again = await visit({ ip: '198.51.100.33', change: { sources: absurd } });
    expect(again.visitorId).toBe(first.visitorId);
  });

  it('does bounded work where one address makes up hundreds of identities, and merges none of them with a real one', async () => {
    const real = await visit(at('198.51.100.34', 'real'));
    const flood = await Promise.all(Array.from({ length: 300 }, (_, n) => visit(at('198.51.100.34', `made up ${n}`))));
    expect(flood.every(({ visitorId }) => visitorId !== real.visitorId)).toBe(true);
    const last = await eventOf(await visit(at('198.51.100.34', 'made up last')));
    expect(last.identity.explanation.candidates).toBeLessThanOrEqual(MOST_COMPARED);
    expect((await visit(at('198.51.100.34', 'real'))).visitorId).toBe(real.visitorId);
  });
});

describe('a copied token', () => {
  it('is not followed by another machine of the same make, teaches nothing, and is shown as tampering evidence', async () => {
    const { store, first } = server();
    const owner = await visit(at('198.51.100.50', 'owner'));
    const before = await store.visitor(first.workspace.id, owner.visitorId);
    const { canvas, audio, fonts, webGlBasics, screenResolution } = machineSources('thief');
    const sources = { ...machineSources('owner'), canvas, audio, fonts, webGlBasics, screenResolution };
    const stolen = await visit({ ip: '192.0.2.150', change: { sources, tokens: { cookie: owner.token } } });
    expect(stolen.visitorId).not.toBe(owner.visitorId);
    const { identity, signals } = await eventOf(stolen);
    expect(identity.tokenContradictions[0]?.fact).toMatch('nearly all differs');
    expect(signals.tampering.evidence.some(({ fact }) => fact.includes('token'))).toBe(true);
    expect(await store.visitor(first.workspace.id, owner.visitorId)).toEqual(before);
  });

  it('is no copy where the owner has moved, got another screen and another language', async () => {
    const owner = await visit(at('198.51.100.51', 'mover'));
    const sources = machineSources('mover', {
      screenResolution: [3440, 1440],
      timezone: 'Asia/Tokyo',
      languages: [['ja-JP']],
    });
    const later = await visit({ ip: '192.0.2.151', change: { sources, tokens: { cookie: owner.token } } });
    expect(later).toMatchObject({ visitorId: owner.visitorId, visitorFound: true });
    expect((await eventOf(later)).identity.tokenContradictions).toEqual([]);
  });
});

describe('a copied observation', () => {
  it('sent again and again makes nobody look like a regular visitor', async () => {
    await crowd();
    // A copy has the same times in it as what it was copied from.
    const sent: Sent = {
      ip: '198.51.100.70',
      change: { sources: machineSources('victim'), timing: { start: 1, end: 7 } },
    };
    const { visitorId } = await visit(sent);
    const { store, first } = server();
    const before = await store.visitor(first.workspace.id, visitorId);
    for (let time = 0; time < 20; time++) await visit(sent);
    const after = await store.visitor(first.workspace.id, visitorId);
    expect(after?.profile).not.toBeNull();
    expect([after?.profile, after?.features]).toEqual([before?.profile, before?.features]);
  });
});
