import { type Environment, EnvironmentCreate, EnvironmentUpdate, pagingQuery, SealingKeyUpdate } from '@whorl/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EnvironmentChange, Store } from '../../storage/store.ts';
import { createEnvironment } from '../../tenancy/create-workspace.ts';
import { environmentView } from '../../tenancy/environment-view.ts';
import { newSealingKey } from '../../tenancy/new-sealing-key.ts';
import { openBesideSealed } from '../../tenancy/open-beside-sealed.ts';
import { readOrigin } from '../../tenancy/read-origin.ts';
import { requireFeature, workspaceOf } from './admin-access.ts';
import { adminQueryReader } from './admin-query-reader.ts';
import { audit } from './audit.ts';
import { EnvironmentNotFoundError, NameTakenError, RequestCannotBeParsedError, type RequestFault } from './errors.ts';
import { namedBodyReader } from './named-body-reader.ts';
import { pageOfItems } from './page-of-items.ts';
import { bodyReader } from './read-request.ts';
import { TooManyEnvironmentsError } from './tenancy-errors.ts';

type EnvironmentParams = { Params: { environmentId: string } };

const readPaging = adminQueryReader(pagingQuery);
const readCreate = namedBodyReader(EnvironmentCreate);
const readUpdate = namedBodyReader(EnvironmentUpdate);
const readSealingKey = bodyReader(SealingKeyUpdate);

/** Origins as browsers send them, each once, or a refusal that names each text that is none. */
const originsOf = (texts: string[]): string[] => {
  const origins: string[] = [];
  const faults: RequestFault[] = [];
  texts.forEach((text, at) => {
    const read = readOrigin(text);
    if (read.ok) origins.push(read.origin);
    else faults.push({ field: `/allowedOrigins/${at}`, problem: read.problem });
  });
  const [first, ...rest] = faults;
  if (first !== undefined) throw new RequestCannotBeParsedError([first, ...rest]);
  return [...new Set(origins)];
};

/** `/environments` of a workspace: list, create, get, change, and the sealing key. */
export const environmentRoutes =
  ({ store }: { store: Store }) =>
  async (app: FastifyInstance): Promise<void> => {
    const find = async (request: FastifyRequest<EnvironmentParams>): Promise<Environment> => {
      const environments = await store.environments(workspaceOf(request).id);
      const found = environments.find(({ id }) => id === request.params.environmentId);
      if (found === undefined) throw new EnvironmentNotFoundError();
      return found;
    };

    const change = async (environment: Environment, wanted: EnvironmentChange): Promise<Environment> => {
      const changed = await store.changeEnvironment(environment.workspaceId, environment.id, () => wanted);
      if (changed === undefined) throw new EnvironmentNotFoundError();
      if (changed === 'name-taken') throw new NameTakenError(wanted.name ?? '');
      return changed;
    };

    app.get('/environments', async (request) => {
      const environments = await store.environments(workspaceOf(request).id);
      return pageOfItems(environments.map(environmentView), readPaging(request));
    });

    app.post('/environments', async (request, reply) => {
      const workspaceId = workspaceOf(request).id;
      const { name, allowedOrigins = [] } = readCreate(request);
      const draft = { name, allowedOrigins: originsOf(allowedOrigins) };
      const environment = await createEnvironment(store, workspaceId, draft, Date.now());
      if (environment === 'name-taken') throw new NameTakenError(name);
      if (environment === 'too-many') throw new TooManyEnvironmentsError();
      audit(request, { action: 'environment.create', workspaceId, target: environment.id });
      return reply.code(201).send(environmentView(environment));
    });

    app.get<EnvironmentParams>('/environments/:environmentId', async (request) => environmentView(await find(request)));

    app.patch<EnvironmentParams>('/environments/:environmentId', async (request) => {
      const environment = await find(request);
      const { name, allowedOrigins } = readUpdate(request);
      const { id, workspaceId } = environment;
      const origins = allowedOrigins === undefined ? undefined : originsOf(allowedOrigins);
      const wanted: EnvironmentChange = {
        ...(name === undefined ? {} : { name }),
        ...(origins === undefined ? {} : { allowedOrigins: origins }),
      };
      const changed = await change(environment, wanted);
      audit(request, { action: 'environment.change', workspaceId, target: id, fields: Object.keys(wanted) });
      return environmentView(changed);
    });

    app.put<EnvironmentParams>('/environments/:environmentId/sealing-key', async (request) => {
      const workspace = workspaceOf(request);
      requireFeature(workspace, 'sealedResults');
      const environment = await find(request);
      const { sealingKey = newSealingKey() } = readSealingKey(request);
      const { id, workspaceId } = await change(environment, { sealingKey });
      audit(request, { action: 'environment.seal', workspaceId, target: id });
      const open = openBesideSealed(workspace, await store.environments(workspaceId));
      return { sealingKey, openEnvironments: open.map(({ id, name }) => ({ id, name })) };
    });

    app.delete<EnvironmentParams>('/environments/:environmentId/sealing-key', async (request, reply) => {
      const { id, workspaceId } = await change(await find(request), { sealingKey: null });
      audit(request, { action: 'environment.unseal', workspaceId, target: id });
      return reply.code(204).send();
    });
  };
