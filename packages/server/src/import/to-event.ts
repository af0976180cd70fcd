import { isIP } from 'node:net';
import { EVENT_VERSION, Event, OBSERVATION_LIMITS, type Signals, signalNames } from '@whorl/contract';
import { neutralData } from '@whorl/engine';
import { Compile } from 'typebox/compile';
import { Clean } from 'typebox/value';
import { readTag } from '../ingest/read-tag.ts';
import { isRequestId, timeOf } from '../storage/request-id.ts';
import { type ExportedEvent, ImportFault } from './exported-event.ts';
import { importedEvidence, notExported } from './imported-signal.ts';

/** Whom imported events belong to from now on. */
export type ImportOwner = { workspaceId: string; environmentId: string };

const isEvent = Compile(Event);

/** Every product as one that was not exported. */
const nothing = (): Signals =>
  Object.fromEntries(signalNames.map((name) => [name, notExported(structuredClone(neutralData[name]))])) as Signals;

const suspectScore = (result: number | undefined): Event['suspectScore'] =>
  result === undefined
    ? notExported({ result: 0 })
    : {
        state: result > 0 ? 'detected' : 'clear',
        confidence: 1,
        data: { result },
        evidence: importedEvidence('score of the exported event', result),
      };

/** Clocks of two services differ by less; what is later than this has not happened yet. Milliseconds. */
const CLOCKS = 5 * 60_000;

/** Throws where an event goes beyond what a visit to this server may bring: dumps can hold what strangers have posted. */
const checkLimits = ({ id, url, ip, linkedId = '', tag }: ExportedEvent, now: number): void => {
  const refuse = (fault: string): never => {
    throw new ImportFault(fault);
  };
  if (timeOf(id) > now + CLOCKS) refuse(`the id ${id} is of a time that has not come yet`);
  if (url.length > OBSERVATION_LIMITS.urlLength) refuse(`url has more than ${OBSERVATION_LIMITS.urlLength} characters`);
  if (linkedId.length > OBSERVATION_LIMITS.linkedIdLength) {
    refuse(`linked id has more than ${OBSERVATION_LIMITS.linkedIdLength} characters`);
  }
  if (isIP(ip) === 0) refuse('ip is not an address');
  const read = readTag(tag);
  if (!read.ok) refuse(read.fault === 'too-deep' ? 'tag nests too deep' : 'tag has more than 16 KB');
};

/**
 * An exported event as one of ours. Its time is the one in its id. Properties that our form has no place for are left out;
 * throws ImportFault where what is left does not have the form of an event.
 */
export const toEvent = (
  exported: ExportedEvent,
  { workspaceId, environmentId }: ImportOwner,
  now = Date.now(),
): Event => {
  const { id, suspectScore: score, signals, identity, ...rest } = exported;
  if (!isRequestId(id)) throw new ImportFault(`"${id.slice(0, 64)}" is not the id of an event`);
  checkLimits(exported, now);
  const event: unknown = Clean(Event, {
    ...rest,
    version: EVENT_VERSION,
    id,
    time: timeOf(id),
    workspaceId,
    environmentId,
    headers: {},
    identity: {
      ...identity,
      tokenContradictions: [],
      explanation: {
        method: 'imported',
        reasons: importedEvidence('decision of the exported event', identity.found),
        candidates: 0,
      },
    },
    signals: { ...nothing(), ...signals },
    suspectScore: suspectScore(score),
    updates: [],
  });
  if (isEvent.Check(event)) return event;
  const [fault] = isEvent.Errors(event);
  throw new ImportFault(
    `${fault?.instancePath ?? 'the event'} ${fault?.message ?? 'does not have the form of an event'}`,
  );
};
