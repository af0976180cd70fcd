import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event, Json, JsonObject } from '@whorl/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../storage/open-store.ts';
import type { Store } from '../storage/store.ts';
import { ENVIRONMENT, OTHER_WORKSPACE, sampleEvent, sampleRecord, WORKSPACE } from '../storage/testing/sample-event.ts';
import { v3EventView } from '../views/v3/event-view.ts';
import { v3WebhookView } from '../views/v3/webhook-view.ts';
import { v4EventView } from '../views/v4/event-view.ts';
import { type ImportCounts, importEvents } from './import-events.ts';
import { jsonDocuments } from './json-documents.ts';
import { androidV3, browserV4, plainV3 } from './testing/hosted-events.ts';

const owner = { workspaceId: WORKSPACE, environmentId: ENVIRONMENT };

let directory: string;
let store: Store;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'whorl-import-'));
  store = await openStore({ dataDir: directory });
  await store.migrate();
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

type Outcome = ImportCounts & { faults: string[] };

/** Imports a text as a file. */
const importText = async (text: string, into: Store | null = store): Promise<Outcome> => {
  const path = join(directory, 'export.json');
  await writeFile(path, text);
  const faults: string[] = [];
  const counts = await importEvents(jsonDocuments(path), {
    owner,
    store: into,
    onFault: (line, fault) => faults.push(`${line}: ${fault}`),
    onProgress: () => undefined,
  });
  return { ...counts, faults };
};

const stored = async (id: string): Promise<Event> => {
  const event = await store.event({ workspaceId: WORKSPACE }, id);
  if (event === undefined) throw new Error(`event ${id} is not stored`);
  return event;
};

/** An event as another server would export it: with a tag, a linked id, raw attributes and a confidence. */
const exported = (traits: Parameters<typeof sampleEvent>[0] = {}): Event =>
  sampleEvent({
    linkedId: 'customer 7',
    tag: { cart: 3 },
    attributes: {
      canvas: { value: { winding: true, geometry: 'aa', text: 'bb' }, duration: 1 },
      fonts: { value: ['Arial'], duration: 1 },
      plugins: { error: { name: 'TypeError', message: 'no plugins' }, duration: 1 },
    },
    ...traits,
  });

const everything = { hidden: new Set<never>() };

const touch = { value: { maxTouchPoints: 0, touchEvent: false, touchStart: false }, duration: 1 };

describe('importEvents', () => {
  it('keeps a v3 event as it was, from a page of a search', async () => {
    const events = [exported(), exported()].map((event) => v3EventView(event));
    const ids = events.map(({ products }) => products.identification?.data?.requestId ?? '');
    expect(await importText(JSON.stringify({ events, paginationKey: '1' }, null, 2))).toMatchObject({
      imported: 2,
      faulty: 0,
    });
    for (const [at, id] of ids.entries()) expect(v3EventView(await stored(id))).toEqual(events[at]);
  });

  it('keeps a v3 event as it was, from the body of a webhook', async () => {
    const event = exported();
    expect(await importText(JSON.stringify(v3WebhookView(event)))).toMatchObject({ imported: 1, faulty: 0 });
    expect(v3WebhookView(await stored(event.id))).toEqual(v3WebhookView(event));
    expect(v3EventView(await stored(event.id))).toEqual(v3EventView(event));
  });

  it('keeps a v4 event as it was, from a page of a search', async () => {
    const event = { ...exported({ attributes: { touchSupport: touch } }), referrer: 'https://search.example/' };
    const page = { events: [v4EventView(event, everything)], total_hits: 1 };
    expect(await importText(JSON.stringify(page))).toMatchObject({ imported: 1, faulty: 0 });
    expect(v4EventView(await stored(event.id), everything)).toEqual(v4EventView(event, everything));
  });

  it('leaves out raw attributes of v4 that it could not show again', async () => {
    const event = exported();
    const view = { ...v4EventView(event, everything), raw_device_attributes: { fonts: 7, math: 'abc', canvas: null } };
    expect(await importText(JSON.stringify(view))).toMatchObject({ imported: 1, faulty: 0 });
    expect((await stored(event.id)).attributes).toEqual({});
  });

  it('shows raw attributes of v3 in v4 only where they have the form that v4 gives them', async () => {
    const event = exported({
      attributes: { touchSupport: { value: null, duration: 0 }, vendor: { value: 'V', duration: 0 } },
    });
    await importText(JSON.stringify(v3EventView(event)));
    expect(v4EventView(await stored(event.id), everything).raw_device_attributes).toEqual({ vendor: 'V' });
  });

  it('keeps the visitor and its visits together', async () => {
    const event = exported();
    await importText(JSON.stringify(v3EventView(event)));
    const visitor = await store.visitor(WORKSPACE, event.identity.visitorId);
    expect(visitor?.firstSeen.workspace).toBe(event.identity.firstSeen.workspace);
  });

  it('leaves ids that it knows as they are', async () => {
    const text = JSON.stringify(v3EventView(exported()));
    expect(await importText(text)).toMatchObject({ imported: 1, known: 0 });
    expect(await importText(text)).toMatchObject({ imported: 0, known: 1, faulty: 0 });
  });

  it('reads one document a line', async () => {
    const lines = [exported(), exported(), exported()].map((event) => JSON.stringify(v3EventView(event)));
    expect(await importText(`${lines.join('\n')}\n\n`)).toMatchObject({ imported: 3, faulty: 0 });
  });

  it('stores nothing in a dry run', async () => {
    const event = exported();
    expect(await importText(JSON.stringify(v3EventView(event)), null)).toMatchObject({ imported: 1 });
    expect(await store.event({ workspaceId: WORKSPACE }, event.id)).toBeUndefined();
  });

  it('says what is not known as unknown, and does not invent', async () => {
    const event = exported();
    const { identification } = v3EventView(event).products;
    await importText(JSON.stringify({ products: { identification } }));
    const { signals, suspectScore, identity } = await stored(event.id);
    expect(signals.tor).toMatchObject({ state: 'unknown', confidence: 0 });
    expect(suspectScore.state).toBe('unknown');
    expect(identity.explanation).toMatchObject({ method: 'imported' });
  });

  it('leaves out what it has no place for', async () => {
    const event = exported();
    const view = v3EventView(event) as unknown as { products: JsonObject };
    view.products.remoteControl = { data: { result: false } };
    (view.products.identification as { data: JsonObject }).data.newField = 1;
    expect(await importText(JSON.stringify(view))).toMatchObject({ imported: 1, faulty: 0 });
  });

  it.each([
    ['what is no JSON', '{"products": nonsense}', /is not JSON/],
    ['half a document', '{"products": {', /is not JSON/],
    ['something else', '{"hello": 1}', /has neither "products"/],
    ['a number', '7', /is not an object/],
    [
      'an event without an id',
      '{"products":{"identification":{"data":{}}}}',
      /products\.identification\.data\.requestId is missing/,
    ],
    [
      'a malformed id',
      '{"products":{"identification":{"data":{"requestId":"x","visitorId":"y"}}}}',
      /"x" is not the id of an event/,
    ],
    ['a malformed visitor', '{"requestId":"1700000000000.aaaaaa","visitorId":"short","ip":"192.0.2.1"}', /visitorId/],
    ['a wrong type', '{"requestId":"1700000000000.aaaaaa","visitorId":7}', /visitorId is not a text/],
    ['a wrong list', '{"event_id":"1700000000000.aaaaaa","identification":[]}', /identification is not an object/],
    ['prototype keys', '{"__proto__":{"products":1}}', /has neither/],
  ])('refuses %s and names the place', async (_, text, fault) => {
    const { imported, faulty, faults } = await importText(text);
    expect({ imported, faulty }).toEqual({ imported: 0, faulty: 1 });
    expect(faults[0]).toMatch(/^1: /);
    expect(faults[0]).toMatch(fault);
  });

  it('goes on after a faulty event', async () => {
    const lines = [JSON.stringify(v3EventView(exported())), '{"hello":1}', JSON.stringify(v3EventView(exported()))];
    const { imported, faulty, faults } = await importText(lines.join('\n'));
    expect({ imported, faulty }).toEqual({ imported: 2, faulty: 1 });
    expect(faults[0]).toMatch(/^2: /);
  });

  it('takes over what the hosted service says of an app', async () => {
    expect(await importText(JSON.stringify(androidV3))).toMatchObject({ imported: 1, faulty: 0 });
    const { signals, identity, browser, suspectScore } = await stored('1708102555327.NLOjmg');
    expect(signals).toMatchObject({
      rootApps: { state: 'detected' },
      emulator: { state: 'clear' },
      frida: { state: 'detected' },
      factoryReset: { state: 'detected', data: { timestamp: 1672531200000 } },
      vpn: { state: 'detected', data: { confidence: 'high', methods: { publicVPN: true } } },
      // What failed there is not known here.
      botd: { state: 'unknown' },
      ipInfo: { data: { v4: { address: '61.127.217.15', geolocation: { city: { name: 'Kharkiv' } } } } },
    });
    expect(suspectScore.data.result).toBe(24);
    expect(browser).toMatchObject({ os: 'Android', device: 'Pixel 8' });
    // It was seen before, but not in this workspace.
    expect(identity).toMatchObject({ found: true, confidence: 1, lastSeen: null });
  });

  it('takes over what an event without products says of its window and its place', async () => {
    await importText(JSON.stringify(plainV3));
    const { products } = v3EventView(await stored('1708102555400.AAAAAA'));
    expect(products.incognito?.data).toEqual({ result: true });
    expect(products.identification?.data).toMatchObject({ incognito: true, ipLocation: { country: { code: 'DE' } } });
    expect(products.ipInfo?.data).toMatchObject({ v6: { address: '2001:db8::7' } });
  });

  it('takes over what the hosted service says in v4', async () => {
    expect(await importText(JSON.stringify({ events: [browserV4] }))).toMatchObject({ imported: 1, faulty: 0 });
    expect(v4EventView(await stored('1708102555500.BBBBBB'), everything)).toMatchObject({
      sdk: { platform: 'js' },
      identification: { visitor_id: 'bbbbbbbbbbbbbbbbbbbb', first_seen_at: 1700000000000, last_seen_at: 1708000000000 },
      bot: 'good',
      bot_info: { name: 'ExampleBot', identity: 'signed' },
      proxy_details: { proxy_type: 'residential', last_seen_at: 1707998400000 },
      ip_blocklist: { email_spam: true, attack_source: false, tor_node: true },
      virtual_machine: true,
      suspect_score: 31,
      raw_device_attributes: { timezone: 'Europe/Berlin' },
    });
  });

  describe('files that are not as they should be', () => {
    const line = () => JSON.stringify(v3EventView(exported()));

    it('loses one line where one line is cut short', async () => {
      const lines = [line(), line().slice(0, 200), line(), line()];
      expect(await importText(lines.join('\n'))).toMatchObject({ imported: 3, faulty: 1, faults: [/^2: is not JSON/] });
    });

    it('loses one line where the first is cut short', async () => {
      const lines = [line().slice(0, 200), line(), line()];
      expect(await importText(lines.join('\n'))).toMatchObject({ imported: 2, faulty: 1 });
    });

    it('reads a list that is written with an event on each line', async () => {
      expect(await importText(`[${line()}\n,${line()}\n]`)).toMatchObject({ imported: 2, faulty: 0 });
    });

    it('reads pages of a search in one list', async () => {
      const page = { events: [v3EventView(exported())] };
      expect(await importText(JSON.stringify([page, page.events[0]]))).toMatchObject({ imported: 1, known: 1 });
    });

    it('refuses lists in lists, however deep', async () => {
      const deep = `${'['.repeat(9_000)}${']'.repeat(9_000)}`;
      expect(await importText(`${deep}\n${line()}`)).toMatchObject({ imported: 1, faulty: 1 });
    });
  });

  const changed = (change: (identification: JsonObject, products: Record<string, { data: JsonObject }>) => void) => {
    const view = structuredClone(v3EventView(exported())) as unknown as {
      products: Record<string, { data: JsonObject }>;
    };
    change(view.products.identification?.data ?? {}, view.products);
    return JSON.stringify(view);
  };

  it.each<[string, Parameters<typeof changed>[0], RegExp]>([
    [
      'a time that no calendar has',
      (data) => Object.assign(data, { firstSeenAt: { subscription: 1e16 } }),
      /not a time/,
    ],
    [
      'a reset that no calendar has',
      (_, all) => Object.assign(all.factoryReset?.data ?? {}, { timestamp: 1e17 }),
      /timestamp/,
    ],
    ['a score without end', (_, all) => Object.assign(all.suspectScore?.data ?? {}, { result: 1e308 }), /suspectScore/],
    ['a tag of 3 MB', (data) => Object.assign(data, { tag: { text: 'x'.repeat(3e6) } }), /tag has more than/],
    [
      'a tag that nests',
      (data) => Object.assign(data, { tag: JSON.parse(`${'{"a":'.repeat(99)}1${'}'.repeat(99)}`) }),
      /too deep/,
    ],
    ['a linked id that no search finds', (data) => Object.assign(data, { linkedId: 'x'.repeat(257) }), /linked id/],
    ['a page of no length', (data) => Object.assign(data, { url: 'x'.repeat(5_000) }), /url/],
    ['what is no address', (data) => Object.assign(data, { ip: 'somewhere' }), /not an address/],
    [
      'a visit that is still to come',
      (data) => Object.assign(data, { requestId: '9999999999999.aaaaaa' }),
      /not come yet/,
    ],
  ])('refuses %s', async (_, change, fault) => {
    expect(await importText(changed(change))).toMatchObject({ imported: 0, faulty: 1, faults: [fault] });
  });

  it('does not take the id of another workspace for its own', async () => {
    const event = exported({ workspaceId: OTHER_WORKSPACE });
    await store.record([sampleRecord({ id: event.id, workspaceId: OTHER_WORKSPACE })]);
    const { imported, known, faults } = await importText(JSON.stringify(v3EventView(event)));
    expect({ imported, known, faults }).toEqual({
      imported: 0,
      known: 0,
      faults: [expect.stringMatching(/another workspace/)],
    });
  });

  it('takes nothing that one of the APIs could not show', async () => {
    const attributes = [
      'fonts',
      'canvas',
      'touchSupport',
      'languages',
      'math',
      'webGlBasics',
      'timezoneOffset',
      'plugins',
    ];
    const places = ['incognito', 'tag', 'sdk', 'firstSeenAt', 'lastSeenAt', 'confidence', 'browserDetails', 'suspect'];
    const anything = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...attributes),
        fc.constantFrom(...places),
        anything,
        anything,
        async (name, place, value, other) => {
          const text = changed((data, all) => {
            Object.assign(all.rawDeviceAttributes?.data ?? {}, { [name]: { value } });
            Object.assign(data, { [place]: other });
          });
          const { imported } = await importText(text);
          if (imported === 0) return;
          const event = await stored(
            (JSON.parse(text) as ReturnType<typeof v3EventView>).products.identification?.data?.requestId ?? '',
          );
          expect(() =>
            JSON.stringify([v3EventView(event), v3WebhookView(event), v4EventView(event, everything)]),
          ).not.toThrow();
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
