import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a page tells of itself: any JSON object. */
export type Report = Record<string, unknown>;

export type ServedPage = { body: string; type?: string; headers?: Record<string, string> };

export type PageServer = {
  /** `http://127.0.0.1:<port>`. */
  origin: string;
  /** Serves a page at a path that begins with `/`; a string is HTML. Returns its address. */
  serve(path: string, page: string | ServedPage): string;
  /**
   * The next object that a page posts to `/report`, those first that came before anyone asked. Rejects after
   * `timeoutMs` milliseconds (default 30,000).
   */
  nextReport(timeoutMs?: number): Promise<Report>;
  stop(): Promise<void>;
};

const isReport = (value: unknown): value is Report => typeof value === 'object' && value !== null;

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

/** Reports come from pages and are asked for by tests, in either order. */
const reportQueue = () => {
  const arrived: Report[] = [];
  const waiting: ((report: Report) => void)[] = [];
  return {
    push: (report: Report): void => {
      const next = waiting.shift();
      if (next === undefined) arrived.push(report);
      else next(report);
    },
    next: (timeoutMs: number): Promise<Report> => {
      const ready = arrived.shift();
      if (ready !== undefined) return Promise.resolve(ready);
      return new Promise((resolve, reject) => {
        const settle = (report: Report): void => {
          clearTimeout(timer);
          resolve(report);
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(settle), 1);
          reject(new Error(`no page reported within ${timeoutMs} ms`));
        }, timeoutMs);
        waiting.push(settle);
      });
    },
  };
};

/** Serves pages on a free loopback port and collects what they report, so that a browser nobody drives can tell its result. */
export const startPageServer = async (): Promise<PageServer> => {
  const pages = new Map<string, ServedPage>();
  const reports = reportQueue();

  const takeReport = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const report: unknown = JSON.parse(await readBody(request));
    if (isReport(report)) reports.push(report);
    response.writeHead(204).end();
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://pages').pathname;
    if (request.method === 'POST' && path === '/report') return takeReport(request, response);
    const page = pages.get(path);
    if (page === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': page.type ?? 'text/html; charset=utf-8', ...page.headers })
        .end(page.body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    serve: (path, page) => {
      pages.set(path, typeof page === 'string' ? { body: page } : page);
      return origin + path;
    },
    nextReport: (timeoutMs = 30_000) => reports.next(timeoutMs),
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
};
