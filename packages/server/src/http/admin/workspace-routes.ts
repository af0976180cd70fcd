import {
  mergeWeights,
  operatorFields,
  pagingQuery,
  type Region,
  WorkspaceCreate,
  WorkspaceUpdate,
  workspaceDefaults,
} from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import type { Store } from '../../storage/store.ts';
import { createWorkspace } from '../../tenancy/create-workspace.ts';
import { environmentView } from '../../tenancy/environment-view.ts';
import { mergeRateLimits } from '../../tenancy/merge-rate-limits.ts';
import { accessOf, findWorkspace, requireServerKey } from './admin-access.ts';
import { adminQueryReader } from './admin-query-reader.ts';
import { audit } from './audit.ts';
import { NameTakenError, WorkspaceNotFoundError } from './errors.ts';
import { namedBodyReader } from './named-body-reader.ts';
import { pageOfItems } from './page-of-items.ts';

type WorkspaceParams = { Params: { workspaceId: string } };

const readPaging = adminQueryReader(pagingQuery);
const readCreate = namedBodyReader(WorkspaceCreate);
const readUpdate = namedBodyReader(WorkspaceUpdate);

/** `/workspaces`: list, create, get and change. */
export const workspaceRoutes =
  ({ store, region }: { store: Store; region: Region }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/workspaces', async (request) => {
      const { workspace } = accessOf(request);
      return pageOfItems(workspace === 'all' ? await store.workspaces() : [workspace], readPaging(request));
    });

    app.post('/workspaces', async (request, reply) => {
      requireServerKey(request, 'creating a workspace');
      const { rateLimits = {}, suspectWeights = {}, ...draft } = readCreate(request);
      const limits = mergeRateLimits(workspaceDefaults.rateLimits, rateLimits);
      const chosen = { rateLimits: limits, suspectWeights: mergeWeights({}, suspectWeights) };
      const created = await createWorkspace(store, { region, ...draft, ...chosen }, Date.now());
      if (created === undefined) throw new NameTakenError(draft.name);
      const { workspace, environment } = created;
      audit(request, { action: 'workspace.create', workspaceId: workspace.id, target: workspace.id });
      return reply.code(201).send({ workspace, environment: environmentView(environment) });
    });

    app.get<WorkspaceParams>('/workspaces/:workspaceId', (request) =>
      findWorkspace(accessOf(request), request.params.workspaceId, store),
    );

    app.patch<WorkspaceParams>('/workspaces/:workspaceId', async (request) => {
      const { id } = await findWorkspace(accessOf(request), request.params.workspaceId, store);
      const update = readUpdate(request);
      const reserved = operatorFields.filter((field) => update[field] !== undefined);
      if (reserved.length > 0) requireServerKey(request, `changing ${reserved.join(', ')}`);
      const { rateLimits = {}, suspectWeights = {}, ...rest } = update;
      const changed = await store.changeWorkspace(id, (workspace) => ({
        ...rest,
        rateLimits: mergeRateLimits(workspace.rateLimits, rateLimits),
        suspectWeights: mergeWeights(workspace.suspectWeights, suspectWeights),
      }));
      if (changed === undefined) throw new WorkspaceNotFoundError();
      if (changed === 'name-taken') throw new NameTakenError(rest.name ?? '');
      audit(request, { action: 'workspace.change', workspaceId: id, target: id, fields: Object.keys(update) });
      return changed;
    });
  };
