import type { OutcomeChange, RuleCount, RuleOutcome, Ruleset } from '@whorl/contract';
import { describeRule } from '@whorl/engine';

/** How many events something was seen in, and the first few of them. */
class Tally {
  events = 0;
  readonly examples: string[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(eventId: string): void {
    this.events += 1;
    if (this.examples.length < this.#most) this.examples.push(eventId);
  }
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Counts by rule what one ruleset says of events. */
export class OutcomeTally {
  readonly #ruleset: Ruleset;
  readonly #examples: number;
  readonly #byRule = new Map<string | null, Tally>();
  readonly actions = { allow: 0, block: 0 };

  /** `examples`: how many ids of events are kept for each rule. */
  constructor(ruleset: Ruleset, examples: number) {
    this.#ruleset = ruleset;
    this.#examples = examples;
  }

  add(eventId: string, { ruleId = null, action }: { ruleId?: string | null } & Pick<RuleOutcome, 'action'>): void {
    const tally = this.#byRule.get(ruleId) ?? new Tally(this.#examples);
    this.#byRule.set(ruleId, tally);
    tally.add(eventId);
    this.actions[action.type] += 1;
  }

  /** Every enabled rule in its order, also those that decided nothing, and last what happens otherwise. */
  counts(): RuleCount[] {
    const { rules, otherwise } = this.#ruleset;
    const enabled = rules.filter((rule) => rule.enabled);
    return [
      ...enabled.map(({ id, name, when, action }) =>
        this.#count({ ruleId: id, name, expression: describeRule(when), action }),
      ),
      this.#count({ ruleId: null, name: null, expression: null, action: otherwise }),
    ];
  }

  #count(rule: Pick<RuleCount, 'ruleId' | 'name' | 'expression' | 'action'>): RuleCount {
    const { events = 0, examples = [] } = this.#byRule.get(rule.ruleId) ?? {};
    return { ...rule, events, share: shareOf(events, this.actions.allow + this.actions.block), examples };
  }
}

type Change = { change: Pick<OutcomeChange, 'before' | 'after'>; tally: Tally };

/** Counts events that two rulesets treat differently: not those that another rule treats in the same way. */
export class ChangeTally {
  readonly #examples: number;
  /** By the two rules that decided; null where both do the same. */
  readonly #byRules = new Map<string, Change | null>();

  constructor(examples: number) {
    this.#examples = examples;
  }

  add(eventId: string, before: RuleOutcome, after: RuleOutcome): void {
    const [was, is] = [before.ruleId ?? null, after.ruleId ?? null];
    const name = JSON.stringify([was, is]);
    if (!this.#byRules.has(name)) this.#byRules.set(name, this.#compare(before, after));
    this.#byRules.get(name)?.tally.add(eventId);
  }

  /** Actions may be long, so each pair of rules is compared once, not for every event. */
  #compare(before: RuleOutcome, after: RuleOutcome): Change | null {
    if (JSON.stringify(before.action) === JSON.stringify(after.action)) return null;
    const told = ({ ruleId = null, action }: { ruleId?: string | null } & Pick<RuleOutcome, 'action'>) => ({
      ruleId,
      action,
    });
    return { change: { before: told(before), after: told(after) }, tally: new Tally(this.#examples) };
  }

  /** The changes, most frequent first. `events`: how many events there were in all. */
  report(events: number): { changed: number; share: number; changes: OutcomeChange[] } {
    const changes = [...this.#byRules.values()]
      .filter((each) => each !== null)
      .map(({ change, tally }) => ({ ...change, events: tally.events, examples: tally.examples }))
      .sort((one, other) => other.events - one.events);
    const changed = changes.reduce((sum, change) => sum + change.events, 0);
    return { changed, share: shareOf(changed, events), changes };
  }
}
