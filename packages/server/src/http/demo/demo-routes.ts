import type { FastifyInstance } from 'fastify';
import { sealingKeyOf } from '../../ingest/sealing-key.ts';
import { hashKey } from '../../keys/api-key.ts';
import { checkProof } from '../../keys/proof.ts';
import type { Store } from '../../storage/store.ts';
import { v3EventView } from '../../views/v3/event-view.ts';
import { dropTokenCookies } from '../agent/token-cookie.ts';

/** The demo's built files, and the environment that its visits go to. */
export type DemoParts = {
  store: Store;
  proofSecret: Buffer;
  files: { html: string; css: string; js: string };
  environment: { id: string; workspaceId: string };
  publicKey: string;
};

/** How long the proof of a visit opens its event on the demo page, in milliseconds. */
const SHOWN_FOR = 60 * 60_000;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/demo`: shows visitors their own event. Nobody else's: the proof is known only to the page that made the event. */
export const demoRoutes =
  ({ store, proofSecret, files, environment, publicKey }: DemoParts) =>
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (_, reply) => {
      reply
        .header('content-security-policy', POLICY)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer');
    });
    /** Whether the environment's results are sealed now: then no page may read one, this one included. */
    const isSealed = async (): Promise<boolean> => {
      const grant = await store.keyByHash(hashKey(publicKey));
      return grant?.environment != null && sealingKeyOf(grant.workspace, grant.environment) !== null;
    };

    const html = files.html.replaceAll('__WHORL_PUBLIC_KEY__', publicKey);

    app.get('/', async (_, reply) => reply.redirect('/demo'));
    app.get('/demo', async (_, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html),
    );
    app.get('/demo/demo.css', async (_, reply) => reply.type('text/css; charset=utf-8').send(files.css));
    app.get('/demo/demo.js', async (_, reply) => reply.type('text/javascript; charset=utf-8').send(files.js));

    // Scripts cannot drop an HttpOnly cookie; to show recognition without a token, the page asks for it.
    app.post('/demo/forget', async (request, reply) => {
      dropTokenCookies(request, reply);
      return reply.code(204).send();
    });

    app.get<{ Params: { requestId: string }; Querystring: { proof?: unknown } }>(
      '/demo/events/:requestId',
      async (request, reply) => {
        if (await isSealed()) {
          const message = 'results of this environment are sealed: its pages cannot read them, this page included';
          return reply.code(403).send({ error: { code: 'ResultsSealed', message } });
        }
        const { requestId } = request.params;
        const { proof } = request.query;
        const believed = typeof proof === 'string' && checkProof(proofSecret, publicKey, requestId, proof);
        const event = believed
          ? await store.event({ workspaceId: environment.workspaceId, environmentId: environment.id }, requestId)
          : undefined;
        if (event === undefined || Date.now() - event.time > SHOWN_FOR) {
          const message = 'no visit of this page has this request id and proof, or it was over an hour ago';
          return reply.code(404).send({ error: { code: 'RequestNotFound', message } });
        }
        return reply.header('cache-control', 'no-store').send({ event, v3: v3EventView(event) });
      },
    );
  };
