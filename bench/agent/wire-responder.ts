import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type WireStub = { origin: string; stop(): Promise<void> };

/** Files to serve by path: `[content type, body]`. */
export type Files = Record<string, readonly [string, string]>;

const ANSWER = {
  version: 1,
  requestId: '1700000000000.abcdef',
  visitorId: 'abcdefghijklmnopqrst',
  visitorFound: false,
  confidence: 1,
  suspectScore: 0,
  token: 'token',
  nextNonce: 'nonce-of-the-next-visit',
  proof: 'proof',
};

/** A server that answers the agent's wire at once and always the same, so that only the page is measured. */
export const startWireResponder = async (files: Files): Promise<WireStub> => {
  const json = (response: ServerResponse, body: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const path = request.url ?? '/';
      const file = files[path];
      if (path.endsWith('/start')) json(response, { nonce: 'nonce-of-the-first-visit' });
      else if (path.includes('/ingest/')) json(response, ANSWER);
      else if (file === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
