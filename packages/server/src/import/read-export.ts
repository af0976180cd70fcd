import { type ExportedEvent, ImportFault } from './exported-event.ts';
import { fromV3 } from './from-v3.ts';
import { fromV3Webhook } from './from-v3-webhook.ts';
import { fromV4 } from './from-v4.ts';
import { JsonReader } from './json-reader.ts';

/** One event of an export, or why it cannot be read. */
export type ReadEvent = { ok: true; event: ExportedEvent } | { ok: false; fault: string };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The events in one JSON document: a page of a search, one event, the body of a webhook, or a list of these. */
const itemsOf = (document: unknown): unknown[] =>
  (Array.isArray(document) ? document : [document]).flatMap((each) =>
    isObject(each) && Array.isArray(each.events) ? each.events : [each],
  );

const exportedOf = (item: unknown): ExportedEvent => {
  const reader = new JsonReader(item);
  if (reader.at('products').exists) return fromV3((product) => reader.at('products', product, 'data'));
  if (reader.at('event_id').exists) return fromV4(reader);
  if (reader.at('requestId').exists) return fromV3Webhook(reader);
  throw new ImportFault('has neither "products" (v3 event), "requestId" (v3 webhook) nor "event_id" (v4)');
};

const readItem = (item: unknown): ReadEvent => {
  try {
    return { ok: true, event: exportedOf(item) };
  } catch (error) {
    if (error instanceof ImportFault) return { ok: false, fault: error.message };
    throw error;
  }
};

/**
 * The events of one JSON document, in their order. What each is, v3 event, v3 webhook or v4 event, is told by what it
 * holds, so that one file may mix them.
 */
export const readExport = (document: unknown): ReadEvent[] => itemsOf(document).map(readItem);
