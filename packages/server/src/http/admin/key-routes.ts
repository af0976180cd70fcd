import { type ApiKey, KeyCreate, pagingQuery } from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import { MOST_KEYS, makeKey } from '../../keys/api-key.ts';
import type { Store } from '../../storage/store.ts';
import { workspaceOf } from './admin-access.ts';
import { adminQueryReader } from './admin-query-reader.ts';
import { audit } from './audit.ts';
import { EnvironmentNotFoundError, KeyNotFoundError, KeyRevokedError, RequestCannotBeParsedError } from './errors.ts';
import { namedBodyReader } from './named-body-reader.ts';
import { pageOfItems } from './page-of-items.ts';
import { TooManyKeysError } from './tenancy-errors.ts';

const readPaging = adminQueryReader(pagingQuery);
const readCreate = namedBodyReader(KeyCreate);

const environmentFault = (kind: ApiKey['kind'], environmentId: string | undefined): string | undefined => {
  if (kind === 'public' && environmentId === undefined) return 'is missing: a public key belongs to an environment';
  if (kind === 'management' && environmentId !== undefined) {
    return 'cannot be given: a management key is for the whole workspace';
  }
  return undefined;
};

/** `/keys` of a workspace: list, create and revoke. */
export const keyRoutes =
  ({ store }: { store: Store }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/keys', async (request) => pageOfItems(await store.keys(workspaceOf(request).id), readPaging(request)));

    app.post('/keys', async (request, reply) => {
      const workspaceId = workspaceOf(request).id;
      const { kind, name = '', environmentId } = readCreate(request);
      const problem = environmentFault(kind, environmentId);
      if (problem !== undefined) throw new RequestCannotBeParsedError([{ field: '/environmentId', problem }]);
      const environments = await store.environments(workspaceId);
      if (environmentId !== undefined && !environments.some(({ id }) => id === environmentId)) {
        throw new EnvironmentNotFoundError();
      }
      const { text, stored } = makeKey({ kind, workspaceId, environmentId: environmentId ?? null, name }, Date.now());
      const added = await store.addKey(stored, MOST_KEYS);
      if (added === 'too-many') throw new TooManyKeysError();
      if (!added) throw new Error('a random key was made twice');
      audit(request, { action: 'key.create', workspaceId, target: stored.key.id });
      return reply.code(201).send({ ...stored.key, text });
    });

    app.delete<{ Params: { keyId: string } }>('/keys/:keyId', async (request) => {
      const workspaceId = workspaceOf(request).id;
      const key = (await store.keys(workspaceId)).find(({ id }) => id === request.params.keyId);
      if (key === undefined) throw new KeyNotFoundError();
      const revokedAt = Date.now();
      if (!(await store.revokeKey(key.id, revokedAt))) throw new KeyRevokedError();
      audit(request, { action: 'key.revoke', workspaceId, target: key.id });
      return { ...key, revokedAt };
    });
  };
