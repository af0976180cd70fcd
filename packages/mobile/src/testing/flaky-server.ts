import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server does with one request: answers, drops the connection, never answers, or hands the request on. */
export type Move =
  | { status: number; body: string; headers?: Record<string, string> }
  | 'drop'
  | 'hang'
  | 'lose-answer'
  | 'pass';

/** A request as the server got it. */
export type Seen = { path: string; at: number; body: string; headers: IncomingMessage['headers'] };

/** A loopback server that misbehaves as it is told to, in front of another one. */
export type FlakyServer = { url: string; seen: Seen[]; moves: Move[]; close(): Promise<void> };

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text;
};

const passOn = async (target: string, { path, body, headers }: Seen): Promise<Response> => {
  const names = ['content-type', 'user-agent', 'whorl-signature'];
  const kept = names.flatMap((name): [string, string][] => (headers[name] ? [[name, String(headers[name])]] : []));
  return fetch(target + path, { method: 'POST', body, headers: kept });
};

/** Starts one on a free port. Once its moves are used up, requests are handed on to `target`. */
export const startFlakyServer = async (target = ''): Promise<FlakyServer> => {
  const seen: Seen[] = [];
  const moves: Move[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = {
      path: request.url ?? '',
      at: performance.now(),
      body: await bodyOf(request),
      headers: request.headers,
    };
    seen.push(one);
    const move = moves.shift() ?? 'pass';
    if (move === 'hang') return;
    if (move === 'drop') return void request.socket.destroy();
    if (typeof move === 'object') return void response.writeHead(move.status, move.headers).end(move.body);
    const passed = await passOn(target, one);
    if (move === 'lose-answer') return void request.socket.destroy();
    response
      .writeHead(passed.status, { 'retry-after': passed.headers.get('retry-after') ?? '' })
      .end(await passed.text());
  };
  const server: Server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    moves,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
