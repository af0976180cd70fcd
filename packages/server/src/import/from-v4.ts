import type { JsonObject } from '@whorl/contract';
import { type ExportedEvent, unlessFaulty } from './exported-event.ts';
import { sdkOf } from './imported-parts.ts';
import { present } from './imported-signal.ts';
import type { JsonReader } from './json-reader.ts';
import { v4Attributes } from './v4-attributes.ts';
import { v4Signals } from './v4-signals.ts';

const identityOf = (identification: JsonReader, time: number): ExportedEvent['identity'] => {
  const last = identification.at('last_seen_at').time();
  const first = identification.at('first_seen_at').time() ?? last ?? time;
  return {
    visitorId: identification.at('visitor_id').required((reader) => reader.text()),
    found: identification.at('visitor_found').flag() ?? false,
    confidence: identification.at('confidence', 'score').number() ?? 0,
    firstSeen: { workspace: first, server: first },
    lastSeen: last === undefined ? null : { workspace: last, server: last },
  };
};

/** Apps have no browser, and tell of the device and its system beside it. */
const browserOf = (event: JsonReader, userAgent: string): ExportedEvent['browser'] => {
  const browser = event.at('browser_details');
  const text = (name: string): string => browser.at(name).text() ?? '';
  const either = (name: string): string => text(name) || (event.at(name).text() ?? '');
  return {
    browserName: text('browser_name'),
    browserMajorVersion: text('browser_major_version'),
    browserFullVersion: text('browser_full_version'),
    os: either('os'),
    osVersion: either('os_version'),
    device: either('device'),
    userAgent,
  };
};

/** What a v4 event says; the body of a v4 webhook has the same form. */
export const fromV4 = (event: JsonReader): ExportedEvent => {
  const notes: string[] = [];
  const id = event.at('event_id').required((reader) => reader.text());
  const userAgent = event.at('user_agent').text() ?? '';
  return {
    id,
    url: event.at('url').text() ?? '',
    ip: event.at('ip_address').text() ?? '',
    userAgent,
    ...present({
      referrer: event.at('client_referrer').text(),
      linkedId: event.at('linked_id').text(),
      suspect: event.at('suspect').flag(),
      suspectScore: unlessFaulty(notes, () => event.at('suspect_score').count()),
    }),
    tag: (event.at('tags').object() ?? {}) as JsonObject,
    sdk: sdkOf(event.at('sdk'), notes),
    browser: browserOf(event, userAgent),
    identity: identityOf(event.at('identification'), Number(id.slice(0, 13))),
    signals: v4Signals(event, notes),
    attributes: unlessFaulty(notes, () => v4Attributes(event.at('raw_device_attributes'))) ?? {},
    notes,
  };
};
