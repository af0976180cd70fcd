import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event, JsonObject } from '@whorl/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../storage/open-store.ts';
import type { Store } from '../storage/store.ts';
import { ENVIRONMENT, sampleEvent, WORKSPACE } from '../storage/testing/sample-event.ts';
import { v3EventView } from '../views/v3/event-view.ts';
import { v3WebhookView } from '../views/v3/webhook-view.ts';
import { v4EventView } from '../views/v4/event-view.ts';
import { type ImportCounts, importEvents } from './import-events.ts';
import { jsonDocuments } from './json-documents.ts';

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
    ['a number', '7', /the event is not an object/],
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
    ['a malformed visitor', '{"requestId":"1700000000000.aaaaaa","visitorId":"short"}', /visitorId/],
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
});
