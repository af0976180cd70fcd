import { createHash } from 'node:crypto';
import type { Event } from '@whorl/contract';
import type { EventRecord, Store } from '../storage/store.ts';
import { ImportFault } from './exported-event.ts';
import type { JsonDocument } from './json-documents.ts';
import { readExport } from './read-export.ts';
import { type ImportOwner, toEvent } from './to-event.ts';

/** What became of the events of an export. */
export type ImportCounts = { imported: number; known: number; faulty: number };

type Taken = { line: number; event: Event };

export type ImportOptions = {
  owner: ImportOwner;
  /** Null: read and check everything, and store nothing. */
  store: Store | null;
  /** Is told of every event that cannot be taken. */
  onFault: (line: number, fault: string) => void;
  /** Is told the counts after every batch. */
  onProgress: (counts: ImportCounts) => void;
};

/** Events of one transaction. */
const BATCH = 100;

/** An imported event teaches nothing: the hosted service's hashes are not comparable with ours. */
const toRecord = (event: Event): EventRecord => ({
  event,
  country: (event.signals.ipInfo.data.v4 ?? event.signals.ipInfo.data.v6)?.geolocation.country?.code ?? null,
  nonce: null,
  bodyHash: createHash('sha256').update(`import ${event.id}`).digest('hex').slice(0, 32),
  nonceExpires: event.time,
  sightingKey: null,
  profile: null,
  newcomer: null,
  webhookIds: [],
});

/**
 * Stores exported events under their own ids. An id that is known already is left as it is, so that an import that was
 * broken off can simply be run again.
 */
export const importEvents = async (
  documents: AsyncIterable<JsonDocument>,
  { owner, store, onFault, onProgress }: ImportOptions,
): Promise<ImportCounts> => {
  const counts: ImportCounts = { imported: 0, known: 0, faulty: 0 };
  let batch: Taken[] = [];
  const isKnown = async (id: string): Promise<boolean> =>
    (await store?.event({ workspaceId: owner.workspaceId }, id)) !== undefined;
  const flush = async (): Promise<void> => {
    const outcomes = await store?.record(batch.map(({ event }) => toRecord(event)));
    for (const [at, { line, event }] of batch.entries()) {
      if (outcomes === undefined || outcomes[at] === 'recorded') counts.imported++;
      else if (await isKnown(event.id)) counts.known++;
      else refuse(line, `the id ${event.id} is taken by an event of another workspace`);
    }
    batch = [];
    onProgress({ ...counts });
  };
  const refuse = (line: number, fault: string): void => {
    counts.faulty++;
    onFault(line, fault);
  };
  const take = (line: number, read: ReturnType<typeof readExport>[number]): void => {
    if (!read.ok) {
      refuse(line, read.fault);
      return;
    }
    try {
      batch.push({ line, event: toEvent(read.event, owner) });
    } catch (error) {
      if (!(error instanceof ImportFault)) throw error;
      refuse(line, error.message);
    }
  };
  for await (const document of documents) {
    if (!document.ok) {
      refuse(document.line, document.fault);
      continue;
    }
    for (const read of readExport(document.value)) {
      take(document.line, read);
      if (batch.length === BATCH) await flush();
    }
  }
  await flush();
  return counts;
};
