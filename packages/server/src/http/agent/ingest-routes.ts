import { type AgentErrorCode, OBSERVATION_LIMITS } from '@whorl/contract';
import type { JudgeOptions } from '@whorl/engine';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ReportIgnored } from '../../ingest/ignored-evidence.ts';
import { agentErrorStatus, type Outcome, refuse } from '../../ingest/ingest-error.ts';
import type { ReportFailure } from '../../ingest/judge-failure.ts';
import type { Pipeline, PipelineSecrets } from '../../ingest/pipeline.ts';
import { supplement } from '../../ingest/supplement.ts';
import { makeNonce } from '../../keys/nonce.ts';
import { outageOf } from '../outage.ts';
import { type AdmissionParts, admit, admitCounted } from './admit.ts';
import { agentSignature, type SignatureCheck } from './agent-signature.ts';
import { APP_SIGNATURE_HEADER, appSignature } from './app-signature.ts';
import type { ReadConnection } from './connection-facts.ts';
import { allowReading } from './cross-origin.ts';
import { headerFacts } from './header-facts.ts';
import { readTokenCookie, writeTokenCookie } from './token-cookie.ts';

export type IngestRouteParts = AdmissionParts & {
  pipeline: Pipeline;
  secrets: PipelineSecrets;
  signatures: SignatureCheck;
  /** What a visit's connection tells of the client; missing where nothing is known of any. */
  connection?: ReadConnection | undefined;
  reportFailure: ReportFailure;
  reportIgnored: ReportIgnored;
  /** As the pipeline has them. */
  judgeOptions?: JudgeOptions | undefined;
  /** Counts answers by code; `ok` for success. */
  count: (code: AgentErrorCode | 'ok') => void;
};

type KeyParams = { Params: { publicKey: string } };

const emptyBody = Buffer.alloc(0);

/** Where the agent posts: start, observation and supplement. See docs/agent.md for the wire. */
export const ingestRoutes =
  (parts: IngestRouteParts) =>
  async (app: FastifyInstance): Promise<void> => {
    const { pipeline, secrets, count } = parts;
    // Pages post as text/plain, which needs no preflight; what counts is the JSON inside.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: OBSERVATION_LIMITS.bodyBytes }, (_, body, done) => {
      done(null, body);
    });

    const send = <T>(reply: FastifyReply, outcome: Outcome<T>): FastifyReply => {
      count(outcome.ok ? 'ok' : outcome.error.code);
      if (outcome.ok) return reply.code(200).send(outcome.value);
      const { retryAfter, ...error } = outcome.error;
      // Only their sender can mend refusals, who is told; whoever runs the server has them counted, and here on demand.
      reply.log.debug({ code: error.code, reason: error.message }, 'an observation was refused');
      if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
      return reply.code(agentErrorStatus[error.code]).send({ error });
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
      const retryAfter = outageOf(error);
      if (retryAfter !== undefined) {
        const { error: refusal } = refuse(
          'ServiceUnavailable',
          'service unavailable; the observation may not have been recorded',
        );
        return send(reply, { ok: false, error: { ...refusal, retryAfter } });
      }
      return send(reply, refuse('Failed', 'internal server error; the observation may not have been recorded'));
    });

    app.options('/*', async (_, reply) =>
      reply
        .code(204)
        .header('access-control-allow-methods', 'POST')
        .header('access-control-allow-headers', `content-type, ${APP_SIGNATURE_HEADER}`)
        .header('access-control-max-age', '86400')
        .send(),
    );

    app.post('/', async (_, reply) => send(reply, refuse('PublicKeyRequired', 'the address lacks a public key')));

    app.post<KeyParams>('/:publicKey/start', async (request, reply) => {
      const granted = await admitCounted(request.params.publicKey, request, parts);
      if (!granted.ok) return send(reply, granted);
      const nonce = makeNonce(secrets.nonce, granted.value.environment.id, Date.now());
      return send(reply, { ok: true, value: { nonce } });
    });

    app.post<KeyParams & { Body: Buffer | undefined }>('/:publicKey', async (request, reply) => {
      const granted = await admitCounted(request.params.publicKey, request, parts);
      if (!granted.ok) return send(reply, granted);
      const { workspace, environment, sealedBeside } = granted.value;
      const time = Date.now();
      const outcome = await pipeline.submit({
        workspace,
        environment,
        sealedBeside,
        publicKey: request.params.publicKey,
        body: request.body ?? emptyBody,
        headers: headerFacts(request.headers),
        address: request.ip,
        cookieToken: readTokenCookie(request, environment),
        time,
        ...agentSignature(request, time, parts.signatures),
        ...parts.connection?.(request),
        ...appSignature(request, granted.value.key, secrets.app),
      });
      if (outcome.ok && outcome.value.token !== undefined) {
        writeTokenCookie(request, reply, environment, outcome.value.token);
      }
      return send(reply, outcome);
    });

    app.post<KeyParams & { Body: Buffer | undefined }>('/:publicKey/supplement', async (request, reply) => {
      const granted = await admit(request.params.publicKey, request, parts);
      if (!granted.ok) return send(reply, granted);
      const { workspace, environment } = granted.value;
      const { publicKey } = request.params;
      const delivery = { workspace, environment, publicKey, body: request.body ?? emptyBody, time: Date.now() };
      return send(reply, await supplement(delivery, { ...parts, proofSecret: secrets.proof }));
    });
  };
