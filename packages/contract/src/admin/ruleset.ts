import Type, { type Static } from 'typebox';
import { ENVIRONMENT_ID_PATTERN } from '../ids.ts';
import { closed } from '../json.ts';
import { RULESET_ID_PATTERN, RuleAction, RulesetDraft } from '../ruleset.ts';
import { UnixMs } from './fields.ts';

/** Most events that one request of a dry run judges, and how many it judges when it does not say. */
export const dryRunEvents = { most: 10_000, usual: 1_000 } as const;

/** The last moment that a `Date` can hold. */
const LAST_MOMENT = 8_640_000_000_000_000;

const optional = Type.Optional;
const rulesetId = (description: string) => Type.String({ pattern: RULESET_ID_PATTERN, description });
const count = Type.Integer({ minimum: 0 });
const share = Type.Number({ minimum: 0, maximum: 1, description: 'Of the events that were judged.' });
const moment = (description: string) =>
  Type.Integer({ minimum: 0, maximum: LAST_MOMENT, description: `Unix milliseconds. ${description}` });
const examples = Type.Array(Type.String(), { description: 'Ids of some of these events, newest first.' });

/** Whose events a dry run judges: those of clients, or those that servers asked about by `POST /v4/edge`. */
const DryRunSource = Type.Unsafe<'device' | 'edge'>({
  type: 'string',
  enum: ['device', 'edge'],
  default: 'device',
  description: 'Events of clients, or those that servers asked about by `POST /v4/edge`.',
});
export type DryRunSource = Static<typeof DryRunSource>;

/** Body of a dry run: which rules on which events. */
export const DryRunRequest = closed({
  ruleset: optional(RulesetDraft),
  rulesetId: optional(rulesetId('A stored ruleset, in place of `ruleset`.')),
  against: optional(rulesetId('A stored ruleset to compare with.')),
  source: optional(DryRunSource),
  start: optional(moment('Only events after it.')),
  end: optional(moment('Only events before it.')),
  environmentIds: optional(
    Type.Array(Type.String({ pattern: ENVIRONMENT_ID_PATTERN }), {
      minItems: 1,
      maxItems: 100,
      description: 'Only events of these.',
    }),
  ),
  limit: optional(
    Type.Integer({
      minimum: 1,
      maximum: dryRunEvents.most,
      default: dryRunEvents.usual,
      description: 'Judge at most so many events, the newest.',
    }),
  ),
});

const ruleId = Type.Union([Type.String(), Type.Null()], { description: 'Null where no rule matched.' });

/** How many events a rule decides. */
export const RuleCount = closed({
  ruleId,
  name: Type.Union([Type.String(), Type.Null()]),
  expression: Type.Union([Type.String(), Type.Null()]),
  action: RuleAction,
  events: count,
  share,
  examples,
});
export type RuleCount = Static<typeof RuleCount>;

/** Events that two rulesets treat differently, by the rules that decide them. */
export const OutcomeChange = closed({
  before: closed({ ruleId, action: RuleAction }),
  after: closed({ ruleId, action: RuleAction }),
  events: count,
  examples,
});
export type OutcomeChange = Static<typeof OutcomeChange>;

/** What a ruleset would have done. */
export const DryRunReport = closed({
  start: UnixMs,
  end: UnixMs,
  events: Type.Integer({ minimum: 0, description: 'How many events were judged.' }),
  complete: Type.Boolean({ description: 'Whether these are all events between `start` and `end`.' }),
  oldest: Type.Union([UnixMs, Type.Null()], { description: 'Time of the oldest event that was judged.' }),
  newest: Type.Union([UnixMs, Type.Null()], { description: 'Time of the newest event that was judged.' }),
  actions: closed({ allow: count, block: count }),
  rules: Type.Array(RuleCount, { description: 'Every enabled rule in its order; last what happens otherwise.' }),
  against: optional(closed({ rulesetId: Type.String(), changed: count, share, changes: Type.Array(OutcomeChange) })),
});
export type DryRunReport = Static<typeof DryRunReport>;
