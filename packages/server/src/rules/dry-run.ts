import type { DryRunReport, DryRunSource, Ruleset, Workspace } from '@whorl/contract';
import { compileRuleset } from '@whorl/engine';
import type { Store } from '../storage/store.ts';
import { ChangeTally, OutcomeTally } from './outcome-tally.ts';
import { readEvents } from './read-events.ts';
import { type Turns, takeTurns } from './take-turns.ts';

/** Event ids that are named for each rule. */
const EXAMPLES = 5;

/** Which rules to try on which events. Times in unix milliseconds, both exclusive. */
export type DryRunQuestion = {
  workspace: Workspace;
  ruleset: Ruleset;
  /** Another ruleset, to tell which events the two treat differently. */
  against?: Ruleset | undefined;
  /** `device` where it is left out. */
  source?: DryRunSource | undefined;
  start: number;
  end: number;
  environmentIds?: string[] | undefined;
  /** Judges at most so many events, the newest. */
  most: number;
};

export type DryRunWatch = {
  /** Stops the run: between two pages of events, and where it lets other work in. */
  signal?: AbortSignal;
  /** Called after each page with the number of events judged so far. */
  onProgress?: (events: number) => void;
  turns?: Turns;
};

/**
 * What a ruleset would have said of events that are stored. Changes nothing; what is read at once is bounded, and other work
 * of the process is let in every 10 ms. Throws the signal's reason when it is aborted.
 */
export const dryRun = async (
  store: Store,
  { workspace, ruleset, against, source = 'device', start, end, environmentIds, most }: DryRunQuestion,
  { signal, onProgress, turns }: DryRunWatch = {},
): Promise<DryRunReport> => {
  const judge = compileRuleset(ruleset);
  const judgeBefore = against === undefined ? undefined : compileRuleset(against);
  const letOthersIn = takeTurns(signal, turns);
  const hidden = new Set(workspace.disabledFeatures);
  const outcomes = new OutcomeTally(ruleset, EXAMPLES);
  const changes = new ChangeTally(EXAMPLES);
  const filter = environmentIds === undefined ? {} : { environmentIds };
  const range = { workspaceId: workspace.id, filter, source, after: start, before: end, most };
  let events = 0;
  let complete = true;
  let newest: number | null = null;
  let oldest: number | null = null;
  for await (const page of readEvents(store, range, { hidden }, signal)) {
    for (const event of page.events) {
      const view = event.view();
      const outcome = judge(view);
      outcomes.add(event.id, outcome);
      if (judgeBefore !== undefined) changes.add(event.id, judgeBefore(view), outcome);
      newest ??= event.time;
      oldest = event.time;
      await letOthersIn();
    }
    events += page.events.length;
    complete = !page.more;
    onProgress?.(events);
  }
  return {
    start,
    end,
    events,
    complete,
    oldest,
    newest,
    actions: outcomes.actions,
    rules: outcomes.counts(),
    ...(against === undefined ? {} : { against: { rulesetId: against.id, ...changes.report(events) } }),
  };
};
