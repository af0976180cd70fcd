import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the page of one run told: the agent's answer, or why there is none. */
export type Told = { requestId: string } | { error: string };

/** A site in front of a server, on one origin with it, as a site that hands the agent's requests on. */
export type Site = {
  /** The page of one run. */
  url(run: string): string;
  /** What that page tells, once; stays open until it does. */
  told(run: string): Promise<Told>;
  stop(): Promise<void>;
};

export type SiteOptions = {
  /** Of the server, `http://127.0.0.1:<port>`; it must trust this machine as a proxy. */
  server: string;
  publicKey: string;
  /** Address that every visit is said to come from. */
  visitorAddress: string;
  /** Whether the agent talks to an origin other than the page's: then it may start no worker. */
  elsewhere: boolean;
};

const page = (endpoint: string, publicKey: string): string => `<!doctype html>
<meta charset="utf-8"><title>A shop</title>
<h1>A shop</h1><p><a href="#offers">Offers</a></p>
<script type="module">
  const run = new URLSearchParams(location.search).get('run');
  const tell = (told) => fetch('/told?run=' + run, { method: 'POST', body: JSON.stringify(told) });
  try {
    const { load } = await import('${endpoint}/v3/${publicKey}');
    const { requestId } = await (await load()).get();
    await tell({ requestId });
  } catch (error) {
    await tell({ error: String(error) });
  }
</script>`;

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
};

const isTold = (value: unknown): value is Told =>
  typeof value === 'object' &&
  value !== null &&
  (typeof Reflect.get(value, 'requestId') === 'string' || typeof Reflect.get(value, 'error') === 'string');

/** Promises by run, made by whoever comes first: the page that tells or the run that asks. */
class Mailbox {
  readonly #boxes = new Map<string, { told: Promise<Told>; put: (told: Told) => void }>();

  of(run: string): { told: Promise<Told>; put: (told: Told) => void } {
    const known = this.#boxes.get(run);
    if (known !== undefined) return known;
    let put: (told: Told) => void = () => undefined;
    const told = new Promise<Told>((resolve) => {
      put = resolve;
    });
    const made = { told, put };
    this.#boxes.set(run, made);
    return made;
  }
}

const handOn = (incoming: IncomingMessage, outgoing: ServerResponse, { server, visitorAddress }: SiteOptions): void => {
  const headers = { ...incoming.headers, 'x-forwarded-for': visitorAddress };
  const passed = request(new URL(incoming.url ?? '/', server), { method: incoming.method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  // A browser that is ended in the middle of a request must not leave half of one behind.
  incoming.on('error', () => passed.destroy());
  incoming.pipe(passed);
};

/** Starts the site on a free loopback port. */
export const startSite = async (options: SiteOptions): Promise<Site> => {
  const mailbox = new Mailbox();
  let own = '';
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://site');
    if (pathname === '/') {
      const endpoint = options.elsewhere ? own.replace('localhost', '127.0.0.1') : '';
      outgoing.writeHead(200, { 'content-type': 'text/html' }).end(page(endpoint, options.publicKey));
    } else if (pathname === '/told') {
      const told: unknown = JSON.parse(await bodyOf(incoming));
      if (isTold(told)) mailbox.of(searchParams.get('run') ?? '').put(told);
      outgoing.writeHead(204).end();
    } else handOn(incoming, outgoing, options);
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  own = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url: (run) => `${own}/?run=${run}`,
    told: (run) => mailbox.of(run).told,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
