import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packAddress } from '../../pack-address.ts';
import { packKeys } from '../../packed-words.ts';
import { tailOf } from '../../request-id.ts';
import type { EventRecord } from '../../store.ts';
import { NOON, randomText, sampleRecord } from '../../testing/sample-event.ts';
import { samplePortrait, shownBytes, teaching } from '../../testing/sample-portrait.ts';
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
      ...teaching({
        features: { canvas: `feature-${randomText(20)}` },
        portrait: samplePortrait({ timezone: randomText(20), fonts: [] }),
        keys: [Math.floor((1 + Math.random()) * 2 ** 52)],
      }),
      sightingKey: `sight-${randomText(12)}`,
      webhookIds: [WEBHOOK],
    },
  );

/** A key as SQLite keeps it in its row: eight bytes, the highest first, which is zero. */
const filedKey = (key: number): Uint8Array => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(key));
  return bytes.subarray(1);
};

/** Bytes that lead to a visitor, by name. */
export type Trace = [name: string, bytes: Uint8Array];

/** What must not be found of a visit. Bodies are compressed, so that parts of their bytes are looked for. */
export const tracesOf = ({ event, lesson, sightingKey }: EventRecord, bodies: Uint8Array[]): Trace[] => {
  const texts = {
    visitorId: event.identity.visitorId,
    linkedId: event.linkedId ?? '',
    address: event.ip,
    tail: tailOf(event.id),
    canvas: lesson?.features.canvas ?? '',
    sighting: sightingKey ?? '',
  };
  return [
    ...Object.entries(texts).map(([name, text]): Trace => [name, Buffer.from(text)]),
    ['packed address', packAddress(event.ip)],
    ...(lesson === null ? [] : [['profile', shownBytes(lesson.portrait)] satisfies Trace]),
    ...(lesson?.keys ?? []).flatMap((key): Trace[] => [
      ['packed key', packKeys([key])],
      ['filed key', filedKey(key)],
    ]),
    // As far as its id: the first hundred bytes tell how letters are coded, and another body may have the same.
    ...bodies.map((body): Trace => ['body', body.subarray(40, 140)]),
    ...bodies.map((body): Trace => ['end of the body', body.subarray(-40, -8)]),
  ];
};

/** The names of the traces that lie in any of the database's files, all of which are read at one moment. */
export const foundIn = (directory: string, traces: readonly Trace[]): string[] => {
  const files = readdirSync(directory).filter((name) => name.startsWith(DATABASE_FILE));
  const bytes = Buffer.concat(files.map((name) => readFileSync(join(directory, name))));
  return [...new Set(traces.filter(([, trace]) => bytes.includes(Buffer.from(trace))).map(([name]) => name))];
};
