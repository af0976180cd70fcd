import type { Signal } from '@whorl/contract';
import { botDetectors } from '../../packages/engine/src/signals/bot/registry.ts';
import { type Client, type Tabulated, tabulated } from './clients/client.ts';
import { factsOfEvent } from './facts-of-event.ts';
import type { Outcome, Visit } from './visit.ts';

/** How often each name was seen. */
export type Counts = Record<string, number>;

/**
 * Right: detected where it should be, or quiet where it should be. Wrong: one visit or more was not so. Unknown: no visit said anything
 * where it should be quiet, which is no merit and no fault. Either: neither is right nor wrong of this client.
 */
export type Verdict = 'right' | 'wrong' | 'unknown' | 'either';

/** What became of one signal in the visits of one client. */
export type Cell = { detected: number; unknown: number; runs: number; verdict: Verdict };

/** All of one client: its visits, those that failed with their reasons, and why it was detected. */
export type Row = {
  client: string;
  cells: Record<Tabulated, Cell>;
  failed: Counts;
  /** Names of the bot detectors that found automation, with how often. */
  detectors: Counts;
  /** By signal, the facts that spoke for it where it was detected, with how often. */
  facts: Partial<Record<Tabulated, Counts>>;
  /** Types of bot, with how often. */
  types: Counts;
};

const isVisit = (outcome: Outcome): outcome is Visit => 'event' in outcome;

const count = (names: Iterable<string>): Counts => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
};

/** The signal that a column's verdict comes from: one product gives two. */
const signalOf = ({ event }: Visit, name: Tabulated): Signal<unknown> =>
  event.signals[name === 'antiDetectBrowser' ? 'tampering' : name];

const verdictOn = (client: Client, name: Tabulated, { detected, unknown, runs }: Omit<Cell, 'verdict'>): Verdict => {
  const isWanted = client.is.includes(name);
  if (unknown === runs && !isWanted) return 'unknown';
  if (client.either?.includes(name) === true) return 'either';
  return detected === (isWanted ? runs : 0) ? 'right' : 'wrong';
};

const cellOf = (client: Client, name: Tabulated, visits: readonly Visit[]): Cell => {
  const counts = {
    detected: visits.filter((visit) => visit.detected[name]).length,
    unknown: visits.filter((visit) => signalOf(visit, name).state === 'unknown').length,
    runs: visits.length,
  };
  return { ...counts, verdict: verdictOn(client, name, counts) };
};

const detectorsOf = (visit: Visit): string[] => {
  const facts = factsOfEvent(visit.event);
  return Object.entries(botDetectors)
    .filter(([, detector]) => detector(facts).outcome === 'automation')
    .map(([name]) => name);
};

const factsFor = (name: Tabulated, visits: readonly Visit[]): Counts =>
  count(
    visits
      .filter((visit) => visit.detected[name])
      .flatMap((visit) => [
        ...new Set(
          signalOf(visit, name)
            .evidence.filter(({ weight }) => weight > 0)
            .map(({ fact }) => fact),
        ),
      ]),
  );

/** What one client's visits came to. */
export const tabulate = (name: string, client: Client, outcomes: readonly Outcome[]): Row => {
  const visits = outcomes.filter(isVisit);
  const cells = Object.fromEntries(tabulated.map((signal) => [signal, cellOf(client, signal, visits)]));
  const facts = tabulated
    .map((signal) => [signal, factsFor(signal, visits)] as const)
    .filter(([, counts]) => Object.keys(counts).length > 0);
  return {
    client: name,
    cells: cells as Row['cells'],
    failed: count(outcomes.flatMap((outcome) => (isVisit(outcome) ? [] : [outcome.failed]))),
    detectors: count(visits.flatMap(detectorsOf)),
    facts: Object.fromEntries(facts),
    types: count(visits.flatMap(({ event }) => event.signals.botd.data.type ?? [])),
  };
};
