import {
  AllowAction,
  BlockAction,
  type Json,
  type RuleAction,
  RuleDraft,
  type RuleGroup,
  RulesetDraft,
  ruleLimits,
} from '@whorl/contract';
import Type from 'typebox';
import { emptySize, sizeFaults, whenFaults } from '../../rules/when-faults.ts';
import { RequestCannotBeParsedError, type RequestFault } from './errors.ts';
import { MOST_FAULTS } from './most-faults.ts';
import { faultFinder } from './read-request.ts';

const later = { when: Type.Unsafe<RuleGroup>({}), action: Type.Unsafe<RuleAction>({}) };

/**
 * The outer form of a ruleset. What stands in its alternatives is looked at one by one: so each fault is told in words of
 * the alternative that was meant, and so it does not matter how deep groups are nested.
 */
const outlineFaults = faultFinder(
  Type.Object(
    {
      ...RulesetDraft.properties,
      rules: Type.Array(Type.Object({ ...RuleDraft.properties, ...later }, { additionalProperties: false }), {
        maxItems: ruleLimits.rules,
      }),
      otherwise: Type.Optional(later.action),
    },
    { additionalProperties: false },
  ),
);

const byType = { allow: faultFinder(AllowAction), block: faultFinder(BlockAction) };

const under = (at: string, faults: RequestFault[]): RequestFault[] =>
  faults.map(({ field, problem }) => ({ field: `${at}${field}`, problem }));

const actionFaults = (action: Json, at: string): RequestFault[] => {
  if (typeof action !== 'object' || action === null || Array.isArray(action)) {
    return [{ field: at, problem: 'must be an object such as {"type": "block", "statusCode": 403}' }];
  }
  const { type } = action;
  if (type === 'allow' || type === 'block') return under(at, byType[type](action));
  return [{ field: `${at}/type`, problem: 'must be "allow" or "block"' }];
};

const repeatedIds = ({ rules }: RulesetDraft): RequestFault[] =>
  rules.flatMap(({ id }, index) =>
    id !== undefined && rules.findIndex((other) => other.id === id) < index
      ? [{ field: `/rules/${index}/id`, problem: 'is the id of an earlier rule' }]
      : [],
  );

function* innerFaults(draft: RulesetDraft): Generator<RequestFault> {
  yield* repeatedIds(draft);
  const size = emptySize();
  for (const [index, { when, action }] of draft.rules.entries()) {
    yield* whenFaults(when, `/rules/${index}/when`, size);
    yield* actionFaults(action, `/rules/${index}/action`);
  }
  yield* sizeFaults(size, '/rules');
  if (draft.otherwise !== undefined) yield* actionFaults(draft.otherwise, '/otherwise');
}

/** Stops looking once there are enough: a body full of faults is not to keep the server busy. */
const firstOf = (faults: Iterable<RequestFault>): RequestFault[] => {
  const found: RequestFault[] = [];
  for (const fault of faults) {
    found.push(fault);
    if (found.length === MOST_FAULTS) break;
  }
  return found;
};

/**
 * The ruleset that a request or a file holds. Throws a {@link RequestCannotBeParsedError} that names everything that is to
 * be mended.
 *
 * @param at where it stands in the body, as a JSON pointer
 */
export const readRuleset = (value: unknown, at = ''): RulesetDraft => {
  const outline = outlineFaults(value);
  const faults = outline.length > 0 ? outline : innerFaults(value as RulesetDraft);
  const [first, ...rest] = under(at, firstOf(faults));
  if (first !== undefined) throw new RequestCannotBeParsedError([first, ...rest]);
  return value as RulesetDraft;
};
