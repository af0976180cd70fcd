import { DryRunRequest, dryRunEvents, type Ruleset, type RulesetDraft, type Workspace } from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { dryRun } from '../../rules/dry-run.ts';
import { makeRuleset, newRulesetId } from '../../rules/make-ruleset.ts';
import type { Store } from '../../storage/store.ts';
import { workspaceOf } from './admin-access.ts';
import { RequestCannotBeParsedError } from './errors.ts';
import { findRuleset } from './find-ruleset.ts';
import { bodyReader } from './read-request.ts';
import { readRuleset } from './ruleset-body.ts';

/** Milliseconds that a dry run reaches back without a `start`: seven days, as searches do. */
const USUAL_RANGE = 7 * 24 * 60 * 60_000;

// The ruleset within is read by its own reader, which tells its faults in words.
const Outline = Type.Object(
  { ...DryRunRequest.properties, ruleset: Type.Optional(Type.Unsafe<RulesetDraft>({})) },
  { additionalProperties: false },
);
const readOutline = bodyReader(Outline);

const refuse = (field: string, problem: string): never => {
  throw new RequestCannotBeParsedError([{ field, problem }]);
};

/** The ruleset to try: a stored one, or the one in the body under an id that is not kept. */
const rulesetOf = (store: Store, workspace: Workspace, body: Static<typeof Outline>): Ruleset | Promise<Ruleset> => {
  const { ruleset, rulesetId } = body;
  if (rulesetId !== undefined && ruleset !== undefined) return refuse('/rulesetId', 'cannot be given with `ruleset`');
  if (rulesetId !== undefined) return findRuleset(store, workspace, rulesetId);
  if (ruleset === undefined) return refuse('/ruleset', 'is missing; give it, or the `rulesetId` of a stored one');
  const now = Date.now();
  const owner = { id: newRulesetId(), workspaceId: workspace.id, createdAt: now, updatedAt: now };
  return makeRuleset(readRuleset(ruleset, '/ruleset'), owner);
};

const rangeOf = ({ end = Date.now(), start = Math.max(0, end - USUAL_RANGE) }: Static<typeof Outline>) => {
  if (start >= end) return refuse('/start', 'must be before `end`');
  return { start, end };
};

/** `POST /rulesets/dry-run`. Stops when the client goes away. */
export const dryRunRoute =
  ({ store }: { store: Store }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.post('/rulesets/dry-run', async (request, reply) => {
      const workspace = workspaceOf(request);
      const body = readOutline(request);
      const ruleset = await rulesetOf(store, workspace, body);
      const against = body.against === undefined ? undefined : await findRuleset(store, workspace, body.against);
      const { environmentIds, limit = dryRunEvents.usual } = body;
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort(new Error('the client went away')));
      const question = { workspace, ruleset, against, ...rangeOf(body), environmentIds, most: limit };
      return dryRun(store, question, { signal: gone.signal });
    });
  };
