import { DryRunRequest, dryRunEvents, type Ruleset, type RulesetDraft, type Workspace } from '@whorl/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import { type DryRunQuestion, dryRun } from '../../rules/dry-run.ts';
import { makeRuleset, newRulesetId } from '../../rules/make-ruleset.ts';
import type { Store } from '../../storage/store.ts';
import { workspaceOf } from './admin-access.ts';
import { EnvironmentNotFoundError, RequestCannotBeParsedError } from './errors.ts';
import { findRuleset } from './find-ruleset.ts';
import { bodyReader } from './read-request.ts';
import { readRuleset } from './ruleset-body.ts';
import { DryRunUnderWayError } from './ruleset-errors.ts';

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

const checkEnvironments = async (store: Store, workspace: Workspace, ids: readonly string[]): Promise<void> => {
  const known = new Set((await store.environments(workspace.id)).map(({ id }) => id));
  if (ids.some((id) => !known.has(id))) throw new EnvironmentNotFoundError();
};

const questionOf = async (
  store: Store,
  workspace: Workspace,
  body: Static<typeof Outline>,
): Promise<DryRunQuestion> => {
  const { against, source, environmentIds, limit = dryRunEvents.usual } = body;
  const ruleset = await rulesetOf(store, workspace, body);
  if (environmentIds !== undefined) await checkEnvironments(store, workspace, environmentIds);
  return {
    workspace,
    ruleset,
    against: against === undefined ? undefined : await findRuleset(store, workspace, against),
    source,
    ...rangeOf(body),
    environmentIds,
    most: limit,
  };
};

/** Aborts when the client goes away before it is answered. */
const goneSignal = (reply: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(new Error('the client went away')));
  return gone.signal;
};

/** `POST /rulesets/dry-run`. One at a time for each workspace; stops when the client goes away. */
export const dryRunRoute =
  ({ store }: { store: Store }) =>
  async (app: FastifyInstance): Promise<void> => {
    /** Workspaces that one is under way for. */
    const busy = new Set<string>();

    app.post('/rulesets/dry-run', async (request, reply) => {
      const workspace = workspaceOf(request);
      const signal = goneSignal(reply);
      const question = await questionOf(store, workspace, readOutline(request));
      if (busy.has(workspace.id)) throw new DryRunUnderWayError();
      busy.add(workspace.id);
      try {
        return await dryRun(store, question, { signal });
      } catch (error) {
        // Nobody is there to be answered, and nothing has gone wrong.
        if (error === signal.reason) return reply.hijack();
        throw error;
      } finally {
        busy.delete(workspace.id);
      }
    });
  };
