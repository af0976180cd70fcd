import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packAddress } from '../../pack-address.ts';
import { tailOf } from '../../request-id.ts';
import type { EventRecord } from '../../store.ts';
import { NOON, randomText, sampleRecord } from '../../testing/sample-event.ts';
import { WEBHOOK } from '../../testing/sample-webhook.ts';
import { DATABASE_FILE } from '../open-sqlite-store.ts';

/** A visit in which everything that can tell of the visitor is its own. Long enough texts do not occur by chance. */
export const visitOf = (visitorId: string, at: number): EventRecord =>
  sampleRecord(
    {
      visitorId,
      time: NOON + at,
      // No address is the beginning of another.
      ip: `198.51.${100 + Math.floor(at / 100)}.${100 + (at % 100)}`,
      linkedId: `linked-${randomText(12)}`,
      attributes: { canvas: { value: `attribute-${randomText(20)}`, duration: 1 } },
      url: `https://shop.example/${randomText(200 + (at % 7) * 300)}`,
    },
    {
      profile: { features: { canvas: `feature-${randomText(20)}` }, keys: [`key-${randomText(12)}`] },
      sightingKey: `sight-${randomText(12)}`,
      webhookIds: [WEBHOOK],
    },
  );

/** Bytes that lead to a visitor, by name. */
export type Trace = [name: string, bytes: Uint8Array];

/** What must not be found of a visit. Bodies are compressed, so that parts of their bytes are looked for. */
export const tracesOf = ({ event, profile, sightingKey }: EventRecord, bodies: Uint8Array[]): Trace[] => {
  const texts = {
    visitorId: event.identity.visitorId,
    linkedId: event.linkedId ?? '',
    address: event.ip,
    tail: tailOf(event.id),
    canvas: profile?.features.canvas ?? '',
    key: profile?.keys[0] ?? '',
    sighting: sightingKey ?? '',
  };
  return [
    ...Object.entries(texts).map(([name, text]): Trace => [name, Buffer.from(text)]),
    ['packed address', packAddress(event.ip)],
    ...bodies.map((body): Trace => ['body', body.subarray(40, 72)]),
    ...bodies.map((body): Trace => ['end of the body', body.subarray(-40, -8)]),
  ];
};

/** The names of the traces that lie in any of the database's files, all of which are read at one moment. */
export const foundIn = (directory: string, traces: readonly Trace[]): string[] => {
  const files = readdirSync(directory).filter((name) => name.startsWith(DATABASE_FILE));
  const bytes = Buffer.concat(files.map((name) => readFileSync(join(directory, name))));
  return [...new Set(traces.filter(([, trace]) => bytes.includes(Buffer.from(trace))).map(([name]) => name))];
};
