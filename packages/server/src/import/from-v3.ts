import type { BrowserDetails, JsonObject } from '@whorl/contract';
import { type ExportedEvent, unlessFaulty } from './exported-event.ts';
import { sdkOf } from './imported-parts.ts';
import { present } from './imported-signal.ts';
import type { JsonReader } from './json-reader.ts';
import { v3Attributes } from './v3-attributes.ts';
import { v3Signals } from './v3-signals.ts';

const browserOf = (browser: JsonReader): BrowserDetails => {
  const text = (name: keyof BrowserDetails): string => browser.at(name).text() ?? '';
  return {
    browserName: text('browserName'),
    browserMajorVersion: text('browserMajorVersion'),
    browserFullVersion: text('browserFullVersion'),
    os: text('os'),
    osVersion: text('osVersion'),
    device: text('device'),
    userAgent: text('userAgent'),
  };
};

const seenAt = (reader: JsonReader) => {
  const workspace = reader.at('subscription').time();
  return workspace === undefined ? undefined : { workspace, server: reader.at('global').time() ?? workspace };
};

const identityOf = (identification: JsonReader, time: number): ExportedEvent['identity'] => {
  const lastSeen = seenAt(identification.at('lastSeenAt')) ?? null;
  return {
    visitorId: identification.at('visitorId').required((id) => id.text()),
    found: identification.at('visitorFound').flag() ?? false,
    confidence: identification.at('confidence', 'score').number() ?? 0,
    firstSeen: seenAt(identification.at('firstSeenAt')) ?? lastSeen ?? { workspace: time, server: time },
    lastSeen,
  };
};

/**
 * What a v3 event says. `data` finds the reader of a product's data: events of the API keep it under
 * `products.<name>.data`, webhooks hoist it to the top.
 */
export const fromV3 = (data: (product: string) => JsonReader): ExportedEvent => {
  const notes: string[] = [];
  const identification = data('identification');
  const id = identification.at('requestId').required((reader) => reader.text());
  const browser = browserOf(identification.at('browserDetails'));
  const botUserAgent = unlessFaulty(notes, () => data('botd').at('userAgent').text());
  return {
    id,
    url: identification.at('url').text() ?? '',
    ip: identification.at('ip').text() ?? '',
    userAgent: botUserAgent ?? identification.at('userAgent').text() ?? browser.userAgent,
    ...present({
      referrer: identification.at('clientReferrer').text(),
      linkedId: identification.at('linkedId').text(),
      suspect: identification.at('suspect').flag(),
      suspectScore: unlessFaulty(notes, () => data('suspectScore').at('result').count()),
    }),
    tag: (identification.at('tag').object() ?? {}) as JsonObject,
    sdk: sdkOf(identification.at('sdk'), notes),
    browser,
    identity: identityOf(identification, Number(id.slice(0, 13))),
    signals: v3Signals(data, notes),
    attributes: unlessFaulty(notes, () => v3Attributes(data('rawDeviceAttributes'))) ?? {},
    notes,
  };
};
