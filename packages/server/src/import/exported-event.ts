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
};

/** Why one exported event cannot be taken, in words for whoever runs the import. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';
}
