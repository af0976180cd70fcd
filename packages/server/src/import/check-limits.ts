import { OBSERVATION_LIMITS } from '@whorl/contract';
import { isWellFormed } from '../ingest/is-well-formed.ts';
import { nestsTooDeep, readTag } from '../ingest/read-tag.ts';
import { timeOf } from '../storage/request-id.ts';
import { addressVersion } from './address-version.ts';
import { type ExportedEvent, ImportFault } from './exported-event.ts';

/** Clocks of two services differ by less; what is later than this has not happened yet. Milliseconds. */
const CLOCKS = 5 * 60_000;

/** Ids with 13 digits begin in September 2001. Unix milliseconds. */
const FIRST_TIME = 1e12;

const refuse = (fault: string): never => {
  throw new ImportFault(fault);
};

/** Throws where a value holds a text or a number that would be another one when it is shown. */
const checkScalars = (what: string, value: unknown): void => {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const each = waiting.pop();
    if (typeof each === 'string' && !isWellFormed(each)) refuse(`${what} hold text that is not well-formed Unicode`);
    // JSON can write 1e999, which no double holds, and has no word for infinity.
    if (typeof each === 'number' && !Number.isFinite(each)) refuse(`${what} hold a number that is too large`);
    if (typeof each === 'object' && each !== null) waiting.push(...Object.keys(each), ...Object.values(each));
  }
};

const checkSeen = ({ firstSeen, lastSeen }: ExportedEvent['identity'], now: number): void => {
  for (const by of ['workspace', 'server'] as const) {
    const last = lastSeen?.[by] ?? firstSeen[by];
    if (Math.max(firstSeen[by], last) > now + CLOCKS) refuse('the visitor was seen at a time that has not come yet');
    if (firstSeen[by] > last) refuse('the visitor was last seen before being seen first');
  }
};

/** Throws where an event goes beyond what a visit to this server may bring: dumps can hold what strangers have posted. */
export const checkLimits = (exported: ExportedEvent, now: number): void => {
  const { id, ip, linkedId = '', tag, attributes, identity } = exported;
  if (timeOf(id) > now + CLOCKS) refuse(`the id ${id} is of a time that has not come yet`);
  if (timeOf(id) < FIRST_TIME) refuse(`the id ${id} is of a time when there were no such ids`);
  checkSeen(identity, now);
  if (linkedId.length > OBSERVATION_LIMITS.linkedIdLength) {
    refuse(`linked id has more than ${OBSERVATION_LIMITS.linkedIdLength} characters`);
  }
  if (addressVersion(ip) === 0) refuse('ip is not an address');
  const read = readTag(tag);
  if (!read.ok) refuse(read.fault === 'too-deep' ? 'tag nests too deep' : 'tag has more than 16 KB');
  if (nestsTooDeep(attributes)) refuse('raw attributes nest too deep');
  checkScalars('values or names of the tag', tag);
  checkScalars('values or names of the raw attributes', attributes);
};
