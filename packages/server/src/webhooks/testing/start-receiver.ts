import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. `open`: how many others were being answered at that moment. */
export type Received = { time: number; headers: IncomingMessage['headers']; body: Buffer; path: string; open: number };

/** Answers a request, or leaves it unanswered. */
export type Behaviour = (received: Received, response: ServerResponse) => void;

export type Receiver = {
  url: string;
  port: number;
  received: Received[];
  /** How it answers from now on. */
  behave(behaviour: Behaviour): void;
  /** Resolves when so many requests have arrived; rejects after ten seconds. */
  arrived(count: number): Promise<void>;
  stop(): Promise<void>;
};

/** Answers with this status and no body. */
export const answerWith =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (_, response) => {
    response.writeHead(status, headers).end();
  };

const PATIENCE_MS = 10_000;

/** A receiver of webhooks on a free loopback port that keeps what it got. It answers 200 until told otherwise. */
export const startReceiver = async (): Promise<Receiver> => {
  let behaviour = answerWith(200);
  let open = 0;
  const received: Received[] = [];
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    const others = open++;
    response.on('close', () => {
      open -= 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers, url = '' } = request;
      const got = { time: Date.now(), headers, body: Buffer.concat(chunks), path: url, open: others };
      received.push(got);
      behaviour(got, response);
      for (const watch of watchers) watch();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received,
    behave: (next) => {
      behaviour = next;
    },
    arrived: (count) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          if (received.length < count) return;
          clearTimeout(timer);
          watchers.delete(watch);
          resolve();
        };
        const timer = setTimeout(() => {
          watchers.delete(watch);
          reject(new Error(`${received.length} of ${count} requests arrived within ${PATIENCE_MS} ms`));
        }, PATIENCE_MS);
        watchers.add(watch);
        watch();
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
