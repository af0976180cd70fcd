import Type from 'typebox';
import type { Json } from '../json.ts';
import type { ApiParameters, Endpoint } from '../openapi/endpoint.ts';
import { Ruleset, RulesetDraft } from '../ruleset.ts';
import { type AdminErrorName, bodyAdminErrors, commonAdminErrors } from './errors.ts';
import { pageOf, pagingQuery } from './paging.ts';
import { DryRunReport, DryRunRequest } from './ruleset.ts';

const ofWorkspace = {
  workspaceId: { schema: Type.String(), description: 'Id of a workspace, as `ws_…`.', required: true },
} as const satisfies ApiParameters;
const ofRuleset = {
  ...ofWorkspace,
  rulesetId: { schema: Type.String(), description: 'Id of a ruleset: 16 letters and digits.', required: true },
} as const satisfies ApiParameters;

const rulesets = '/admin/v1/workspaces/{workspaceId}/rulesets';
const inWorkspace = [...commonAdminErrors, 'workspaceNotFound', 'featureNotEnabled'] as const;

const rulesetExample = {
  name: 'Checkout',
  rules: [
    {
      name: 'Bad bots',
      when: { all: [{ field: 'bot', operator: 'equals', value: 'bad' }] },
      action: { type: 'block', statusCode: 403 },
    },
  ],
} satisfies RulesetDraft & Json;

/** Every endpoint for rulesets. */
export const rulesetEndpoints = [
  {
    method: 'GET',
    path: rulesets,
    operationId: 'listRulesets',
    summary: 'List rulesets',
    description: 'Oldest first.',
    tag: 'Rulesets',
    pathParameters: ofWorkspace,
    query: pagingQuery,
    answer: { status: 200, description: 'Rulesets of the workspace.', schema: pageOf(Ruleset) },
    errors: inWorkspace,
  },
  {
    method: 'POST',
    path: rulesets,
    operationId: 'createRuleset',
    summary: 'Create a ruleset',
    description:
      'Its rules are tried in their order. A field that no event has, or an operator that does not go with its field, is refused.',
    tag: 'Rulesets',
    pathParameters: ofWorkspace,
    body: { schema: RulesetDraft, example: rulesetExample, required: true },
    answer: { status: 201, description: 'The new ruleset.', schema: Ruleset },
    errors: [...inWorkspace, ...bodyAdminErrors, 'tooManyRulesets'],
  },
  {
    method: 'GET',
    path: `${rulesets}/{rulesetId}`,
    operationId: 'getRuleset',
    summary: 'Get a ruleset',
    tag: 'Rulesets',
    pathParameters: ofRuleset,
    answer: { status: 200, description: 'The ruleset.', schema: Ruleset },
    errors: [...inWorkspace, 'rulesetNotFound'],
  },
  {
    method: 'PUT',
    path: `${rulesets}/{rulesetId}`,
    operationId: 'replaceRuleset',
    summary: 'Replace a ruleset',
    description:
      'The id stays, and with it every `ruleset_id` that callers use. Rules that are to keep their ids give them.',
    tag: 'Rulesets',
    pathParameters: ofRuleset,
    body: { schema: RulesetDraft, example: rulesetExample, required: true },
    answer: { status: 200, description: 'The ruleset as it is now.', schema: Ruleset },
    errors: [...inWorkspace, ...bodyAdminErrors, 'rulesetNotFound'],
  },
  {
    method: 'DELETE',
    path: `${rulesets}/{rulesetId}`,
    operationId: 'deleteRuleset',
    summary: 'Delete a ruleset',
    description: 'Requests for events that name it are refused from now on.',
    tag: 'Rulesets',
    pathParameters: ofRuleset,
    answer: { status: 204, description: 'It is deleted.' },
    errors: [...inWorkspace, 'rulesetNotFound'],
  },
  {
    method: 'POST',
    path: `${rulesets}/dry-run`,
    operationId: 'dryRunRuleset',
    summary: 'Try a ruleset on past events',
    description:
      'Judges stored events, the newest first, and changes nothing: events of clients, or with `source` those of the edge. Give either `ruleset` or `rulesetId`. Without `start` and `end` the last seven days are taken. One request of a workspace is answered at a time.',
    tag: 'Rulesets',
    pathParameters: ofWorkspace,
    body: { schema: DryRunRequest, example: { ruleset: rulesetExample, limit: 100 }, required: true },
    answer: { status: 200, description: 'What the ruleset would have done.', schema: DryRunReport },
    errors: [...inWorkspace, ...bodyAdminErrors, 'rulesetNotFound', 'environmentNotFound', 'dryRunUnderWay'],
  },
] as const satisfies readonly Endpoint<AdminErrorName>[];
