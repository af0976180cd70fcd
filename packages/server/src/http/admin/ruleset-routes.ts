import { pagingQuery, ruleLimits } from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import { makeRuleset, newRulesetId } from '../../rules/make-ruleset.ts';
import type { Store } from '../../storage/store.ts';
import { requireFeature, workspaceOf } from './admin-access.ts';
import { adminQueryReader } from './admin-query-reader.ts';
import { audit } from './audit.ts';
import { dryRunRoute } from './dry-run-route.ts';
import { findRuleset } from './find-ruleset.ts';
import { pageOfItems } from './page-of-items.ts';
import { readRuleset } from './ruleset-body.ts';
import { RulesetNotFoundError, TooManyRulesetsError } from './ruleset-errors.ts';

const readPaging = adminQueryReader(pagingQuery);

type OfRuleset = { Params: { rulesetId: string } };

/** `/rulesets` of a workspace: create, list, get, replace, delete, and try on past events. */
export const rulesetRoutes =
  ({ store }: { store: Store }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (request) => requireFeature(workspaceOf(request), 'rules'));

    app.get('/rulesets', async (request) =>
      pageOfItems(await store.rulesets(workspaceOf(request).id), readPaging(request)),
    );

    app.post('/rulesets', async (request, reply) => {
      const workspaceId = workspaceOf(request).id;
      const draft = readRuleset(request.body);
      const now = Date.now();
      const ruleset = makeRuleset(draft, { id: newRulesetId(), workspaceId, createdAt: now, updatedAt: now });
      if (!(await store.putRuleset(ruleset, ruleLimits.rulesets))) throw new TooManyRulesetsError();
      audit(request, { action: 'ruleset.create', workspaceId, target: ruleset.id });
      return reply.code(201).send(ruleset);
    });

    app.get<OfRuleset>('/rulesets/:rulesetId', async (request) =>
      findRuleset(store, workspaceOf(request), request.params.rulesetId),
    );

    app.put<OfRuleset>('/rulesets/:rulesetId', async (request) => {
      const draft = readRuleset(request.body);
      const { id, workspaceId, createdAt } = await findRuleset(store, workspaceOf(request), request.params.rulesetId);
      const ruleset = makeRuleset(draft, { id, workspaceId, createdAt, updatedAt: Date.now() });
      await store.putRuleset(ruleset);
      audit(request, { action: 'ruleset.replace', workspaceId, target: id });
      return ruleset;
    });

    app.delete<OfRuleset>('/rulesets/:rulesetId', async (request, reply) => {
      const { id, workspaceId } = await findRuleset(store, workspaceOf(request), request.params.rulesetId);
      if (!(await store.deleteRuleset(workspaceId, id))) throw new RulesetNotFoundError();
      audit(request, { action: 'ruleset.delete', workspaceId, target: id });
      return reply.code(204).send();
    });

    await app.register(dryRunRoute({ store }));
  };
