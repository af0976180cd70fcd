import type { EdgeEvent } from '@whorl/contract';
import { isInRange, networkRanges, V4_RANGE } from './network-range.ts';
import { packAddress } from './pack-address.ts';
import { plainText } from './plain-text.ts';
import { isRequestId, timeOf } from './request-id.ts';
import type { EdgeErasure } from './store.ts';

/** A part of an index in which events may lie that are meant: its column, from the first value to the last, inclusive. */
export type EdgeSpan = {
  column: 'time' | 'ip' | 'linked_id';
  first: number | string | Uint8Array;
  last: number | string | Uint8Array;
};

/** Where to look for what is meant, and nowhere else. */
const spansOf = (erasure: EdgeErasure): EdgeSpan[] => {
  if ('id' in erasure) {
    const time = timeOf(erasure.id);
    return isRequestId(erasure.id) ? [{ column: 'time', first: time, last: time }] : [];
  }
  if ('linkedId' in erasure) {
    const text = plainText(erasure.linkedId);
    return [{ column: 'linked_id', first: text, last: text }];
  }
  const ranges = networkRanges(erasure.network);
  const ofV4 = ranges.every(({ first }) => isInRange(first, V4_RANGE));
  // Of a client with an address of each family the index has the IPv4 one.
  return [...ranges, ...(ofV4 ? [] : [V4_RANGE])].map((each) => ({ column: 'ip', ...each }));
};

/** Every address of the client that the event tells. */
const addressesOf = ({ ip, signals: { ipInfo } }: EdgeEvent): string[] =>
  [ip, ipInfo.data.v4?.address, ipInfo.data.v6?.address].filter((address) => address !== undefined);

/** Whether an event that lies there is meant. */
export const isMeant = (erasure: EdgeErasure, event: EdgeEvent): boolean => {
  if ('id' in erasure) return event.id === erasure.id;
  if ('linkedId' in erasure) return event.linkedId === erasure.linkedId;
  const ranges = networkRanges(erasure.network);
  return addressesOf(event).some((address) => ranges.some((range) => isInRange(packAddress(address), range)));
};

/** A place in the order of an index; the next step begins behind it. */
export type EdgePlace = { key: EdgeSpan['first']; time: number; tail: string };

/** How many a step erased, and where to go on, undefined at the end of the span. */
export type EdgeStep = { erased: number; next: EdgePlace | undefined };

/** Erases all that is meant, one span after the other, each in steps; returns how many there were. */
export const eraseInSteps = async (
  erasure: EdgeErasure,
  step: (span: EdgeSpan, place: EdgePlace) => Promise<EdgeStep>,
): Promise<number> => {
  let count = 0;
  for (const span of spansOf(erasure)) {
    for (let place: EdgePlace | undefined = { key: span.first, time: -1, tail: '' }; place !== undefined; ) {
      const { erased, next }: EdgeStep = await step(span, place);
      count += erased;
      place = next;
    }
  }
  return count;
};
