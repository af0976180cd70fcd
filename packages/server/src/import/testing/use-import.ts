import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Event, type JsonObject, V3Event, V3WebhookEvent, V4Event } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect } from 'vitest';
import { openStore } from '../../storage/open-store.ts';
import type { Store } from '../../storage/store.ts';
import { ENVIRONMENT, sampleEvent, WORKSPACE } from '../../storage/testing/sample-event.ts';
import { v3EventView } from '../../views/v3/event-view.ts';
import { v3WebhookView } from '../../views/v3/webhook-view.ts';
import { v4EventView } from '../../views/v4/event-view.ts';
import { importEvents } from '../import-events.ts';
import type { ImportCounts } from '../import-run.ts';
import { jsonDocuments } from '../json-documents.ts';

/** An event as another server would export it: with a tag, a linked id, raw attributes and a confidence. */
export const exported = (traits: Parameters<typeof sampleEvent>[0] = {}): Event =>
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

/** A view in which nothing is switched off. */
export const everything = { hidden: new Set<never>() };

const forms = { v3: Compile(V3Event), webhook: Compile(V3WebhookEvent), v4: Compile(V4Event) };

/** Sees that both APIs show the event in the form that they promise. */
const expectShown = (event: Event): void => {
  // As it goes over the wire.
  const sent = (view: unknown): unknown => JSON.parse(JSON.stringify(view));
  expect([...forms.v3.Errors(sent(v3EventView(event)))]).toEqual([]);
  expect([...forms.webhook.Errors(sent(v3WebhookView(event)))]).toEqual([]);
  expect([...forms.v4.Errors(sent(v4EventView(event, everything)))]).toEqual([]);
};

type Products = Record<string, { data: JsonObject }>;

/** A change to a v3 event, by the data of its identification and by all its products. */
export type Change = (identification: JsonObject, products: Products) => void;

/** A v3 event as JSON, with a change. */
export const changed = (change: Change): string => {
  const view = structuredClone(v3EventView(exported())) as unknown as { products: Products };
  change(view.products.identification?.data ?? {}, view.products);
  return JSON.stringify(view);
};

export type Outcome = ImportCounts & { faults: string[]; notes: string[] };

/** A store that texts are imported into as files. */
export const useImport = () => {
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

  const importText = async (text: string, { write = true, scope = WORKSPACE, into = store } = {}): Promise<Outcome> => {
    const path = join(directory, 'export.json');
    await writeFile(path, text);
    const faults: string[] = [];
    const notes: string[] = [];
    const counts = await importEvents(jsonDocuments(path), {
      owner: { workspaceId: WORKSPACE, environmentId: ENVIRONMENT, scope },
      store: into,
      write,
      onFault: (line, fault) => faults.push(`${line}: ${fault}`),
      onNote: (line, note) => notes.push(`${line}: ${note}`),
      onProgress: () => undefined,
    });
    return { ...counts, faults, notes };
  };

  /** The event of an id, which both APIs can show. */
  const stored = async (id: string): Promise<Event> => {
    const event = await store.event({ workspaceId: WORKSPACE }, id);
    if (event === undefined) throw new Error(`event ${id} is not stored`);
    expectShown(event);
    return event;
  };

  return { store: () => store, importText, stored };
};
