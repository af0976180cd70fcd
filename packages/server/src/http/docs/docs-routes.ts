import { type JsonObject, managementDocument, v3Document, v4Document } from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import { type ExplorerApi, explorerApiNames, explorerPage } from './explorer-page.ts';
import { type StaticFile, sendStatic, staticFile } from './static-file.ts';

const documents: Record<ExplorerApi, () => JsonObject> = {
  v4: v4Document,
  v3: v3Document,
  management: managementDocument,
};

/** Everything from this server alone. Swagger UI has its pictures within its styles, as `data:`. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/docs`: the OpenAPI documents, and a page for each on which its endpoints can be read and tried. */
export const docsRoutes =
  ({ files }: { files: readonly StaticFile[] }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (_, reply) => {
      reply
        .header('content-security-policy', POLICY)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer');
    });
    const serve = (path: string, file: StaticFile) =>
      app.get(path, async (request, reply) => sendStatic(request, reply, file));

    app.get('/docs', async (_, reply) => reply.redirect(`/docs/${explorerApiNames[0]}`));
    for (const api of explorerApiNames) {
      const document = JSON.stringify(documents[api]());
      serve(`/docs/${api}`, staticFile(api, 'text/html; charset=utf-8', explorerPage(api)));
      serve(`/docs/openapi/${api}.json`, staticFile(api, 'application/json; charset=utf-8', document));
    }
    for (const file of files) serve(`/docs/${file.name}`, file);
  };
