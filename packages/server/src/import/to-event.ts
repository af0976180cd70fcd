import {
  EVENT_VERSION,
  Event,
  OBSERVATION_LIMITS,
  type Signals,
  signalDataSchemas,
  signalNames,
  signalOf,
} from '@whorl/contract';
import { neutralData } from '@whorl/engine';
import { Compile } from 'typebox/compile';
import { Clean } from 'typebox/value';
import { isRequestId, timeOf } from '../storage/request-id.ts';
import { checkLimits } from './check-limits.ts';
import { type ExportedEvent, ImportFault } from './exported-event.ts';
import { importedEvidence, notExported } from './imported-signal.ts';

/** Whom imported events belong to from now on. `scope`: what they count with, see `EventRecord`. */
export type ImportOwner = { workspaceId: string; environmentId: string; scope: string };

const isEvent = Compile(Event);

const signalForms = signalNames.map((name) => [name, Compile(signalOf(signalDataSchemas[name]))] as const);

/** Every product, those that are missing or do not have the form of ours as not exported. The latter are noted. */
const allSignals = (exported: Partial<Signals>, notes: string[]): Signals =>
  Object.fromEntries(
    signalForms.map(([name, form]) => {
      const signal = exported[name];
      if (signal !== undefined && form.Check(signal)) return [name, signal];
      const fault = signal === undefined ? undefined : form.Errors(signal)[0];
      if (fault !== undefined) notes.push(`${name}${fault.instancePath.replaceAll('/', '.')} ${fault.message}`);
      return [name, notExported(structuredClone(neutralData[name]))];
    }),
    // The cast restores what fromEntries loses: every name has a signal of its own form.
  ) as Signals;

/** Largest suspect score: what a database's ordinary integer holds. */
const MOST_POINTS = 2_147_483_647;

const suspectScore = (result: number | undefined, notes: string[]): Event['suspectScore'] => {
  if (result !== undefined && result > MOST_POINTS) notes.push(`suspectScore is more than ${MOST_POINTS}`);
  return result === undefined || result > MOST_POINTS
    ? notExported({ result: 0 })
    : {
        state: result > 0 ? 'detected' : 'clear',
        confidence: 1,
        data: { result },
        evidence: importedEvidence('score of the exported event', result),
      };
};

const KB = 1024;

/** An exported event as one of ours, what could not be taken over of it, and its bytes as JSON. */
export type TakenEvent = { event: Event; notes: string[]; bytes: number };

/**
 * An exported event as one of ours. Its time is the one in its id. Properties that our form has no place for are left out;
 * throws ImportFault where what is left does not have the form of an event, or is larger than a visit may be.
 */
export const toEvent = (
  exported: ExportedEvent,
  { workspaceId, environmentId }: ImportOwner,
  now = Date.now(),
): TakenEvent => {
  const { id, suspectScore: score, signals, identity, notes: understood, ...rest } = exported;
  if (!isRequestId(id)) throw new ImportFault(`"${id.slice(0, 64)}" is not the id of an event`);
  checkLimits(exported, now);
  const notes = [...understood];
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
    signals: allSignals(signals, notes),
    suspectScore: suspectScore(score, notes),
    updates: [],
  });
  if (!isEvent.Check(event)) {
    const [fault] = isEvent.Errors(event);
    throw new ImportFault(`${fault?.instancePath ?? 'it'} ${fault?.message ?? 'does not have the form of an event'}`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(event));
  if (bytes > OBSERVATION_LIMITS.bodyBytes) {
    throw new ImportFault(`has more than ${OBSERVATION_LIMITS.bodyBytes / KB} KB as JSON`);
  }
  return { event, notes, bytes };
};
