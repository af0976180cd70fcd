import { type ApiKey, KeyCreate, KeyUpdate, pagingQuery } from '@whorl/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MOST_KEYS, makeKey } from '../../keys/api-key.ts';
import { signingKeyOf } from '../../keys/app-signature.ts';
import type { Store } from '../../storage/store.ts';
import { workspaceOf } from './admin-access.ts';
import { adminQueryReader } from './admin-query-reader.ts';
import { audit } from './audit.ts';
import {
  EnvironmentNotFoundError,
  KeyNotFoundError,
  KeyRevokedError,
  NotAPublicKeyError,
  RequestCannotBeParsedError,
  type RequestFault,
} from './errors.ts';
import { namedBodyReader } from './named-body-reader.ts';
import { pageOfItems } from './page-of-items.ts';
import { bodyReader } from './read-request.ts';
import { TooManyKeysError } from './tenancy-errors.ts';

const readPaging = adminQueryReader(pagingQuery);
const readCreate = namedBodyReader(KeyCreate);
const readUpdate = bodyReader(KeyUpdate);

/** What a kind of key cannot have, or must. */
const faultOf = ({ kind, environmentId, requiresSignature }: KeyCreate): RequestFault | undefined => {
  if (kind === 'public' && environmentId === undefined) {
    return { field: '/environmentId', problem: 'is missing: a public key belongs to an environment' };
  }
  if (kind === 'management' && environmentId !== undefined) {
    return { field: '/environmentId', problem: 'cannot be given: a management key is for the whole workspace' };
  }
  return kind !== 'public' && requiresSignature === true
    ? { field: '/requiresSignature', problem: 'cannot be true: apps send with public keys' }
    : undefined;
};

type KeyParams = { Params: { keyId: string } };

/** `/keys` of a workspace: list, create, change and revoke, and the keys that apps sign with. */
export const keyRoutes =
  ({ store }: { store: Store }) =>
  async (app: FastifyInstance): Promise<void> => {
    const find = async (request: FastifyRequest<KeyParams>): Promise<ApiKey> => {
      const key = (await store.keys(workspaceOf(request).id)).find(({ id }) => id === request.params.keyId);
      if (key === undefined) throw new KeyNotFoundError();
      return key;
    };

    const findPublic = async (request: FastifyRequest<KeyParams>): Promise<ApiKey> => {
      const key = await find(request);
      if (key.kind !== 'public') throw new NotAPublicKeyError();
      if (key.revokedAt !== null) throw new KeyRevokedError();
      return key;
    };

    app.get('/keys', async (request) => pageOfItems(await store.keys(workspaceOf(request).id), readPaging(request)));

    app.post('/keys', async (request, reply) => {
      const workspaceId = workspaceOf(request).id;
      const wanted = readCreate(request);
      const fault = faultOf(wanted);
      if (fault !== undefined) throw new RequestCannotBeParsedError([fault]);
      const { kind, name = '', environmentId, requiresSignature = false } = wanted;
      const environments = await store.environments(workspaceId);
      if (environmentId !== undefined && !environments.some(({ id }) => id === environmentId)) {
        throw new EnvironmentNotFoundError();
      }
      const owner = { kind, workspaceId, environmentId: environmentId ?? null, name, requiresSignature };
      const { text, stored } = makeKey(owner, Date.now());
      const added = await store.addKey(stored, MOST_KEYS);
      if (added === 'too-many') throw new TooManyKeysError();
      if (!added) throw new Error('a random key was made twice');
      audit(request, { action: 'key.create', workspaceId, target: stored.key.id });
      return reply.code(201).send({ ...stored.key, text });
    });

    app.patch<KeyParams>('/keys/:keyId', async (request) => {
      const wanted = readUpdate(request);
      const key = await findPublic(request);
      const { id, workspaceId, requiresSignature } = key;
      const changed = await store.changeKey(workspaceId, id, { requiresSignature, ...wanted });
      if (changed === undefined) throw new KeyRevokedError();
      audit(request, { action: 'key.change', workspaceId, target: id, fields: Object.keys(wanted) });
      return changed;
    });

    app.get<KeyParams>('/keys/:keyId/signing-key', async (request) => {
      const { id, workspaceId } = await findPublic(request);
      const signingKey = signingKeyOf(await store.secret('app'), id);
      // Nothing is changed, but whoever has the key can write reports as the app does.
      audit(request, { action: 'key.readSigning', workspaceId, target: id });
      return { id, signingKey };
    });

    app.delete<KeyParams>('/keys/:keyId', async (request) => {
      const key = await find(request);
      const revokedAt = Date.now();
      if (!(await store.revokeKey(key.id, revokedAt))) throw new KeyRevokedError();
      audit(request, { action: 'key.revoke', workspaceId: key.workspaceId, target: key.id });
      return { ...key, revokedAt };
    });
  };
