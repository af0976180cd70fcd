import { pagingQuery, type Region, WorkspaceCreate, WorkspaceUpdate, workspaceDefaults } from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import type { Store, WorkspaceChange } from '../../storage/store.ts';
import { createWorkspace } from '../../tenancy/create-workspace.ts';
import { environmentView } from '../../tenancy/environment-view.ts';
import { mergeRateLimits } from '../../tenancy/merge-rate-limits.ts';
import { accessOf, findWorkspace, requireServerKey } from './admin-access.ts';
import { audit } from './audit.ts';
import { NameTakenError, WorkspaceNotFoundError } from './errors.ts';
import { pageOfItems } from './page-of-items.ts';
import { bodyReader, queryReader } from './read-request.ts';

type WorkspaceParams = { Params: { workspaceId: string } };

const readPaging = queryReader(pagingQuery);
const readCreate = bodyReader(WorkspaceCreate);
const readUpdate = bodyReader(WorkspaceUpdate);

/** `/workspaces`: list, create, get and change. */
export const workspaceRoutes =
  ({ store, region }: { store: Store; region: Region }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/workspaces', async (request) => {
      const { workspace } = accessOf(request);
      return pageOfItems(workspace === 'all' ? await store.workspaces() : [workspace], readPaging(request));
    });

    app.post('/workspaces', async (request, reply) => {
      requireServerKey(request);
      const { rateLimits = {}, ...draft } = readCreate(request);
      const limits = mergeRateLimits(workspaceDefaults.rateLimits, rateLimits);
      const created = await createWorkspace(store, { region, ...draft, rateLimits: limits }, Date.now());
      if (created === undefined) throw new NameTakenError(draft.name);
      const { workspace, environment } = created;
      audit(request, { action: 'workspace.create', workspaceId: workspace.id, target: workspace.id });
      return reply.code(201).send({ workspace, environment: environmentView(environment) });
    });

    app.get<WorkspaceParams>('/workspaces/:workspaceId', (request) =>
      findWorkspace(accessOf(request), request.params.workspaceId, store),
    );

    app.patch<WorkspaceParams>('/workspaces/:workspaceId', async (request) => {
      const workspace = await findWorkspace(accessOf(request), request.params.workspaceId, store);
      const { rateLimits, ...rest } = readUpdate(request);
      const change: WorkspaceChange = {
        ...rest,
        ...(rateLimits === undefined ? {} : { rateLimits: mergeRateLimits(workspace.rateLimits, rateLimits) }),
      };
      const others = (await store.workspaces()).filter(({ id }) => id !== workspace.id);
      if (change.name !== undefined && others.some(({ name }) => name === change.name)) {
        throw new NameTakenError(change.name);
      }
      const changed = await store.changeWorkspace(workspace.id, change);
      if (changed === undefined) throw new WorkspaceNotFoundError();
      const fields = Object.keys(change);
      audit(request, { action: 'workspace.change', workspaceId: workspace.id, target: workspace.id, fields });
      return changed;
    });
  };
