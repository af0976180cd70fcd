import type { BrowserDetails, Event, Identity, JsonObject, Sdk, Signals } from '@whorl/contract';

/** What an exported event says, in our own words. What it does not say is missing, never made up. */
export type ExportedEvent = {
  id: string;
  url: string;
  ip: string;
  userAgent: string;
  referrer?: string;
  linkedId?: string;
  suspect?: boolean;
  tag: JsonObject;
  sdk: Sdk;
  browser: BrowserDetails;
  identity: Pick<Identity, 'visitorId' | 'found' | 'confidence' | 'firstSeen' | 'lastSeen'>;
  signals: Partial<Signals>;
  suspectScore?: number;
  attributes: Event['attributes'];
  /** What it says beyond that and is not understood, one sentence each. */
  notes: string[];
};

/** Why one exported event, or a part of it, cannot be taken, in words for whoever runs the import. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';
}

/** What `read` finds. Where that is not as it should be: undefined, and a note, for the event can be taken without it. */
export const unlessFaulty = <T>(notes: string[], read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error;
    notes.push(error.message);
    return undefined;
  }
};
