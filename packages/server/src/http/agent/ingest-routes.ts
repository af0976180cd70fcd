import { type AgentErrorCode, type Environment, OBSERVATION_LIMITS, type Workspace } from '@whorl/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { agentErrorStatus, type Outcome, refuse } from '../../ingest/ingest-error.ts';
import type { Pipeline, PipelineSecrets } from '../../ingest/pipeline.ts';
import { supplement } from '../../ingest/supplement.ts';
import { makeNonce } from '../../keys/nonce.ts';
import type { Store } from '../../storage/store.ts';
import { allowReading, allowsOrigin } from './cross-origin.ts';
import { headerFacts } from './header-facts.ts';
import { publicGrant } from './public-key.ts';
import { readTokenCookie, writeTokenCookie } from './token-cookie.ts';

export type IngestRouteParts = {
  store: Store;
  pipeline: Pipeline;
  secrets: PipelineSecrets;
  /** The public key of the server's own pages; null when it has none. */
  ownPagesKey: string | null;
  /** Counts answers by code; `ok` for success. */
  count: (code: AgentErrorCode | 'ok') => void;
};

type KeyParams = { Params: { publicKey: string } };
type Granted = { workspace: Workspace; environment: Environment };

const emptyBody = Buffer.alloc(0);

/** Where the agent posts: start, observation and supplement. See docs/agent.md for the wire. */
export const ingestRoutes =
  ({ store, pipeline, secrets, ownPagesKey, count }: IngestRouteParts) =>
  async (app: FastifyInstance): Promise<void> => {
    // Pages post as text/plain, which needs no preflight; what counts is the JSON inside.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: OBSERVATION_LIMITS.bodyBytes }, (_, body, done) => {
      done(null, body);
    });

    const send = <T>(reply: FastifyReply, outcome: Outcome<T>): FastifyReply => {
      count(outcome.ok ? 'ok' : outcome.error.code);
      return outcome.ok
        ? reply.code(200).send(outcome.value)
        : reply.code(agentErrorStatus[outcome.error.code]).send({ error: outcome.error });
    };

    const grantFor = async (request: FastifyRequest<KeyParams>): Promise<Outcome<Granted>> => {
      const granted = await publicGrant(store, request.params.publicKey);
      const { origin } = request.headers;
      // The demo page belongs to whoever runs the server, whatever origins the environment is meant for.
      const own = request.params.publicKey === ownPagesKey && origin === `${request.protocol}://${request.host}`;
      if (!granted.ok || own || allowsOrigin(granted.value.environment, origin)) return granted;
      return refuse(
        'OriginNotAllowed',
        `the environment does not take observations from ${origin ?? 'a client without an origin'}`,
      );
    };

    app.addHook('onRequest', async (request, reply) => {
      allowReading(request, reply);
      reply.header('cache-control', 'no-store');
    });

    app.setErrorHandler((error: { code?: string; statusCode?: number }, request, reply) => {
      if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
        return send(reply, refuse('PayloadTooLarge', `the body has more than ${OBSERVATION_LIMITS.bodyBytes} bytes`));
      }
      if (error.statusCode !== undefined && error.statusCode < 500) {
        return send(reply, refuse('RequestCannotBeParsed', 'the request cannot be read'));
      }
      request.log.error({ err: error }, 'ingest failed');
      return send(reply, refuse('Failed', 'internal server error; the observation was not recorded'));
    });

    app.options('/*', async (_, reply) =>
      reply
        .code(204)
        .header('access-control-allow-methods', 'POST')
        .header('access-control-allow-headers', 'content-type')
        .header('access-control-max-age', '86400')
        .send(),
    );

    app.post('/', async (_, reply) => send(reply, refuse('PublicKeyRequired', 'the address lacks a public key')));

    app.post<KeyParams>('/:publicKey/start', async (request, reply) => {
      const granted = await grantFor(request);
      if (!granted.ok) return send(reply, granted);
      const nonce = makeNonce(secrets.nonce, granted.value.environment.id, Date.now());
      return send(reply, { ok: true, value: { nonce } });
    });

    app.post<KeyParams & { Body: Buffer | undefined }>('/:publicKey', async (request, reply) => {
      const granted = await grantFor(request);
      if (!granted.ok) return send(reply, granted);
      const { workspace, environment } = granted.value;
      const outcome = await pipeline.submit({
        workspace,
        environment,
        publicKey: request.params.publicKey,
        body: request.body ?? emptyBody,
        headers: headerFacts(request.headers),
        address: request.ip,
        cookieToken: readTokenCookie(request, environment),
        time: Date.now(),
      });
      if (outcome.ok && outcome.value.token !== undefined) {
        writeTokenCookie(request, reply, environment, outcome.value.token);
      }
      return send(reply, outcome);
    });

    app.post<KeyParams & { Body: Buffer | undefined }>('/:publicKey/supplement', async (request, reply) => {
      const granted = await grantFor(request);
      if (!granted.ok) return send(reply, granted);
      const { environment } = granted.value;
      const { publicKey } = request.params;
      const delivery = { environment, publicKey, body: request.body ?? emptyBody, time: Date.now() };
      return send(reply, await supplement(delivery, store, secrets.proof));
    });
  };
