import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip, type ZlibOptions } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Store } from '../../storage/store.ts';
import { takesGzip } from '../takes-gzip.ts';
import { publicGrant } from './public-key.ts';

/** The agent's built files, read once at start. `notice` holds the licences of the libraries inside. */
export type AgentScripts = { v3Loader: string; v3: string; v4: string; worker: string; notice: string };

/** The text in the built files that stands for the public key. */
const KEY_PLACE = '__WHORL_PUBLIC_KEY__';

/** Seconds that a script may be kept: short, so that a new version or a revoked key is seen within the hour. */
const MAX_AGE = 3600;

/** Compressed scripts that are kept: one for each form and key. */
const ZIPPED = 64;

const gzipText = promisify<string, ZlibOptions, Buffer>(gzip);

type KeyParams = { Params: { publicKey: string } };

/**
 * The agent's script in each form that loaders ask for, with the public key written in. Scripts are public and the same
 * for everyone, so any origin may read them; an unknown key gets a script too, whose first request is then refused:
 * that is how the official loaders learn of a wrong key.
 */
export const scriptRoutes =
  ({ store, scripts }: { store: Store; scripts: AgentScripts }) =>
  async (app: FastifyInstance): Promise<void> => {
    const zipped = new Map<string, Promise<Buffer>>();
    const zip = (body: string, etag: string): Promise<Buffer> => {
      const known = zipped.get(etag);
      if (known !== undefined) return known;
      if (zipped.size >= ZIPPED) zipped.clear();
      const made = gzipText(body, { level: 9 });
      zipped.set(etag, made);
      return made;
    };

    const send = async (request: FastifyRequest, reply: FastifyReply, body: string, etag: string, keep: boolean) => {
      reply
        .header('content-type', 'text/javascript; charset=utf-8')
        .header('access-control-allow-origin', '*')
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('x-content-type-options', 'nosniff')
        .header('vary', 'Accept-Encoding')
        .header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      if (!takesGzip(request)) return reply.send(body);
      // Made-up keys get scripts, too; those must not push out the ones that are asked for.
      const content = keep ? zip(body, etag) : gzipText(body, { level: 1 });
      return reply.header('content-encoding', 'gzip').send(await content);
    };

    const serve = (path: string, script: string) => {
      const version = createHash('sha256').update(script).digest('hex').slice(0, 16);
      app.get<KeyParams>(path, async (request, reply) => {
        const { publicKey } = request.params;
        const granted = await publicGrant(store, publicKey);
        // Only characters that keys can have: the key is written into a script.
        const safe = /^[A-Za-z0-9_-]{1,128}$/.test(publicKey) ? publicKey : '';
        reply.header('cache-control', granted.ok ? `public, max-age=${MAX_AGE}` : 'no-store');
        return send(request, reply, script.replaceAll(KEY_PLACE, safe), `W/"${version}-${safe}"`, granted.ok);
      });
    };

    // The loader's own version is part of the name and does not matter here.
    serve('/v3/:publicKey/:loader', scripts.v3Loader);
    serve('/v3/:publicKey', scripts.v3);
    serve('/web/v4/:publicKey', scripts.v4);
    serve('/v4/:publicKey', scripts.v4);

    app.get('/agent/worker.js', async (request, reply) => {
      reply.header('cache-control', `public, max-age=${MAX_AGE}`);
      const version = createHash('sha256').update(scripts.worker).digest('hex').slice(0, 16);
      return send(request, reply, scripts.worker, `W/"${version}"`, true);
    });
    app.get('/agent/NOTICE.txt', async (_, reply) => reply.type('text/plain; charset=utf-8').send(scripts.notice));
  };
