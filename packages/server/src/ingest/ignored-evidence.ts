import type { Components, WireComponent } from '@whorl/contract';

/** Stands for every name that this version or the client's platform does not know: names are the sender's to choose. */
export const UNKNOWN_SOURCE = 'unknown';

/** What of an event's evidence was left out, by the names of sources; {@link UNKNOWN_SOURCE} for names that are none. */
export type IgnoredEvidence = { requestId: string; sources: string[] };

/** Is told of every event of which evidence was left out. Must not throw. */
export type ReportIgnored = (ignored: IgnoredEvidence) => void;

/** The sources that were sent with a value and are left out: in the wrong form, or not known. Each once. */
export const ignoredIn = (sent: Record<string, WireComponent>, kept: Components): string[] => {
  const names = new Set<string>();
  const known: Readonly<Record<string, object | undefined>> = kept;
  for (const [name, wire] of Object.entries(sent)) {
    const component = Object.hasOwn(known, name) ? known[name] : undefined;
    // Names beyond the schema's pattern stand for anything, null as well: only what was kept is known to be a component.
    if (component === undefined) names.add(UNKNOWN_SOURCE);
    else if (wire.v !== undefined && wire.e === undefined && 'error' in component) names.add(name);
  }
  return [...names];
};

/** Milliseconds that pass between two entries in the log. */
const PAUSE = 10_000;

/** What a reporter needs. `now`: unix milliseconds. */
export type IgnoredReporterParts = {
  log: (fields: object, message: string) => void;
  count: (source: string) => void;
  now?: () => number;
};

/**
 * Counts each source that was left out, and writes an entry for the first event of every ten seconds, with how many came in
 * between: whoever sends nonsense must not fill the log. The values are not logged, for they may hold anything.
 */
export const createIgnoredReporter = ({ log, count, now = Date.now }: IgnoredReporterParts): ReportIgnored => {
  let next = Number.NEGATIVE_INFINITY;
  let silent = 0;
  return ({ requestId, sources }) => {
    for (const source of sources) count(source);
    const time = now();
    // A clock that was set back must not silence the log for long.
    if (time < next && next - time <= PAUSE) {
      silent++;
      return;
    }
    log(
      { requestId, sources, eventsSinceLastEntry: silent },
      'evidence of an event was left out: it is not of the form that it must have',
    );
    next = time + PAUSE;
    silent = 0;
  };
};
