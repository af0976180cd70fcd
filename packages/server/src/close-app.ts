import type { FastifyInstance } from 'fastify';
import type { TlsServer } from './tls/tls-server.ts';

/** Milliseconds between two looks for connections that have become idle while the server stops. */
const IDLE_CHECK = 50;

/** Milliseconds that a stopping server waits for requests under way; containers are killed after ten seconds. */
const STOP_PATIENCE = 5_000;

/** Stops listening, and resolves when what has arrived is answered or has had its time. */
export const closeApp = async (app: FastifyInstance, tls: TlsServer | undefined): Promise<void> => {
  const closing = app.close();
  // Clients that finish their request stay connected, and slow ones never finish; neither may hold up the end.
  const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK);
  const patience = setTimeout(() => {
    app.server.closeAllConnections();
    tls?.hellos.endUnfinished();
  }, STOP_PATIENCE);
  await closing;
  clearInterval(idle);
  clearTimeout(patience);
};
