import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { EdgeEvent, Event } from '@whorl/contract';

/** An event as it is stored: its JSON by raw DEFLATE (RFC 1951). Level 1: a quarter of the size for the least time. */
export const packEvent = (event: Event | EdgeEvent): Uint8Array => deflateRawSync(JSON.stringify(event), { level: 1 });

/** The event of a stored body. The store wrote it, so the form is not checked again. */
export const unpackEvent = <E extends Event | EdgeEvent = Event>(body: Uint8Array): E =>
  JSON.parse(inflateRawSync(body).toString('utf8')) as E;
