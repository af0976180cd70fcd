import { basename } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Store } from '../../storage/store.ts';

/** How long `/readyz` waits for the database, in milliseconds. */
const PATIENCE = 2_000;

const withDeadline = async (work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE);
  });
  try {
    await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
};

/** A network list as `/readyz` counts it: rows null while it is not loaded, and what went wrong with it last. */
type ListHealth = { name: string; rows: number | null; problem: { text: string } | null };

/** Everybody may ask: what an upstream has answered stands in the log and in `whorl lists status`. */
const withoutQuote = (problem: string): string => problem.replace(/: ".*$/s, '');

/**
 * How the network lists are. A server serves without them, so they never make it unready: what they would say is unknown.
 */
const healthOf = (lists: readonly ListHealth[]) => ({
  configured: lists.length,
  loaded: lists.filter(({ rows }) => rows !== null).length,
  problems: Object.fromEntries(
    lists.flatMap(({ name, problem }) => (problem === null ? [] : [[name, withoutQuote(problem.text)] as const])),
  ),
});

/** One of the operator's own address databases: type null while it is not loaded. */
type DatabaseHealth = { path: string; type: string | null; problem: string | null };

const healthOfDatabases = (databases: readonly DatabaseHealth[]) => ({
  configured: databases.length,
  loaded: databases.filter(({ type }) => type !== null).length,
  problems: Object.fromEntries(
    databases.flatMap(({ path, problem }) => (problem === null ? [] : [[basename(path), problem]])),
  ),
});

export type OpsParts = {
  store: Store;
  /** Null while the server is able to serve; a reason while it starts or stops. */
  notReady: () => string | null;
  metrics: { contentType: string; text: () => Promise<string> };
  /** The network lists; missing where none are used. */
  lists?: () => readonly ListHealth[];
  /** The operator's own address databases; missing where there are none. */
  databases?: () => readonly DatabaseHealth[];
};

/**
 * `/livez`: the process answers. `/readyz`: it should be sent traffic, for the database answers and it is not stopping.
 * `/metrics`: Prometheus text.
 */
export const opsRoutes =
  ({ store, notReady, metrics, lists, databases }: OpsParts) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/livez', async () => ({ status: 'alive' }));

    app.get('/readyz', async (request, reply) => {
      const reason = notReady();
      if (reason !== null) return reply.code(503).send({ status: 'not ready', reason });
      try {
        await withDeadline(store.ping());
        const health = {
          ...(lists === undefined ? {} : { networkLists: healthOf(lists()) }),
          ...(databases === undefined ? {} : { addressDatabases: healthOfDatabases(databases()) }),
        };
        return { status: 'ready', store: store.kind, ...health };
      } catch (error) {
        request.log.error({ err: error }, 'the database does not answer');
        return reply.code(503).send({ status: 'not ready', reason: 'the database does not answer' });
      }
    });

    app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  };
