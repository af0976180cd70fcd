import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A list's upstream on this machine, whose answer a test sets and changes. */
export type Upstream = {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** What has been asked for, in order. */
  requests: IncomingMessage[];
  answer(listener: RequestListener): void;
  close(): Promise<void>;
};

export const startUpstream = async (): Promise<Upstream> => {
  let listener: RequestListener = (_, response) => response.writeHead(500).end();
  const requests: IncomingMessage[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(request);
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next) => {
      listener = next;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
