import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IngestAnswer, OpenAnswer, WireObservation, WireSupplement } from '@whorl/contract';
import { bundleAgent } from './bundle-agent.ts';

/** What the server does with one request instead of answering it. */
export type Fault =
  | { kind: 'status'; status: number; code?: string; headers?: Record<string, string> }
  | { kind: 'text'; body: string }
  | { kind: 'hang' }
  | { kind: 'drop' };

export type WireServer = {
  origin: string;
  observations: WireObservation[];
  supplements: WireSupplement[];
  /** Milliseconds of receipt of every request to the wire, refused ones too. */
  requests: { path: string; time: number; cookie: string | undefined }[];
  /** Faults for the next requests to start or ingest, in order. */
  faults: { start: Fault[]; ingest: Fault[] };
  /** Changes the answers to come. */
  answer: Partial<OpenAnswer>;
  /** Answers as an environment with a sealing key: nothing but this text; undefined does not. */
  sealedResult: string | undefined;
  /** Serves `body` at `path`. */
  serve(path: string, body: string, headers?: Record<string, string>): void;
  stop(): Promise<void>;
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

const applyFault = (fault: Fault, response: ServerResponse): void => {
  if (fault.kind === 'drop') response.destroy();
  if (fault.kind === 'text') response.end(fault.body);
  if (fault.kind !== 'status') return;
  response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
  response.end(JSON.stringify({ error: { code: fault.code ?? 'Failed', message: 'as the test asked' } }));
};

/**
 * A small server that speaks the agent's wire as `packages/server` does, keeps what it was sent, and fails on request.
 * It checks that each nonce is its own and used once; the full server is tested in `conformance/`.
 */
export const startWireServer = async (): Promise<WireServer> => {
  const pages = new Map<string, { body: string; headers: Record<string, string> }>();
  const open = new Set<string>();
  let count = 0;

  const issueNonce = (): string => {
    const nonce = `nonce-${String(++count).padStart(12, '0')}`;
    open.add(nonce);
    return nonce;
  };
  const answerFor = (): IngestAnswer => {
    const base = {
      version: 1 as const,
      requestId: `1700000000000.${String(++count).padStart(6, '0')}`,
      token: 'token-1',
      nextNonce: issueNonce(),
      proof: `proof-${count}`,
    };
    if (whorl.sealedResult !== undefined) return { ...base, sealedResult: whorl.sealedResult };
    const open = { visitorId: 'a'.repeat(20), visitorFound: true, confidence: 0.9, suspectScore: 7 };
    return { ...base, ...open, ...whorl.answer };
  };

  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  const wire = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-credentials', 'true');
    whorl.requests.push({ path, time: performance.now(), cookie: request.headers.cookie });
    const body = await readBody(request);
    const fault = path.endsWith('/start') ? whorl.faults.start.shift() : whorl.faults.ingest.shift();
    if (fault !== undefined && !path.endsWith('/supplement')) return applyFault(fault, response);
    if (path.endsWith('/start')) return json(response, 200, { nonce: issueNonce() });
    if (path.endsWith('/supplement')) {
      whorl.supplements.push(JSON.parse(body));
      return json(response, 200, { requestId: 'r', updated: [] });
    }
    const observation = JSON.parse(body) as WireObservation;
    if (!open.delete(observation.nonce)) return applyFault({ kind: 'status', status: 400 }, response);
    whorl.observations.push(observation);
    json(response, 200, answerFor());
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://pages');
    if (pathname.includes('/ingest/v1/')) return wire(pathname, request, response);
    const page = pages.get(pathname);
    if (page === undefined) return void response.writeHead(404).end();
    const type =
      pathname.endsWith('.js') || /\/v[34]\//.test(pathname) ? 'text/javascript' : 'text/html; charset=utf-8';
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', ...page.headers });
    response.end(page.body);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const whorl: WireServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    observations: [],
    supplements: [],
    requests: [],
    faults: { start: [], ingest: [] },
    answer: {},
    sealedResult: undefined,
    serve: (path, body, headers = {}) => void pages.set(path, { body, headers }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  whorl.serve('/v3/key', await bundleAgent('v3'));
  whorl.serve('/v4/key', await bundleAgent('v4'));
  whorl.serve('/web/v4/key', await bundleAgent('v4'));
  whorl.serve('/v3/key/loader_v3.0.0.js', await bundleAgent('v3-loader'));
  whorl.serve('/agent/worker.js', await bundleAgent('worker'));
  whorl.serve('/blank', '<!doctype html><title>page</title><body></body>');
  whorl.serve('/favicon.ico', '');
  return whorl;
};
