import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { TlsFacts } from '@whorl/contract';
import { isGREASE, readTlsClientHello, type TlsClientHelloMessage } from 'read-tls-client-hello';
import { isUsualHello, readFirstRecord } from './first-record.ts';
import { ja4Of } from './ja4-of.ts';

/** Milliseconds. Node's own limit on handshakes starts only after the hello. */
const HELLO_TIMEOUT = 10_000;

/** The two ends of a connection, as far as the client's can differ: the same for the socket beneath TLS and the one above. */
type Ends = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localPort'>;
const keyOf = ({ remoteAddress, remotePort, localPort }: Ends): string => `${remoteAddress} ${remotePort} ${localPort}`;

const factsOf = (hello: TlsClientHelloMessage): TlsFacts => ({
  ja4: ja4Of(hello),
  source: 'hello',
  grease: hello.cipherSuites.some(isGREASE) || hello.extensions.some(({ id }) => isGREASE(id)),
});

/** Reads the TLS hello of every connection before TLS does, and keeps it for as long as the connection lasts. */
export class HelloWatch {
  readonly #timeout: number;
  readonly #facts = new Map<string, TlsFacts>();
  /** Connections that TLS has not come to an end with. */
  readonly #unfinished = new Map<string, Socket>();

  /** `timeout`: milliseconds that a client may take to send its hello. */
  constructor(timeout = HELLO_TIMEOUT) {
    this.#timeout = timeout;
  }

  /** Stands between a server that does not listen yet and its connections. */
  watch(server: Server): void {
    const handshakes = server.listeners('connection') as ((socket: Socket) => void)[];
    server.removeAllListeners('connection');
    server.on('connection', (socket: Socket) => {
      void this.#read(socket).then(() => {
        if (!socket.destroyed) for (const begin of handshakes) begin.call(server, socket);
      });
    });
    server.on('secureConnection', (socket) => this.#unfinished.delete(keyOf(socket)));
  }

  /** What the connection's hello was; undefined for one without TLS, or whose hello could not be read. */
  helloOf(socket: Ends): TlsFacts | undefined {
    return this.#facts.get(keyOf(socket));
  }

  /** Ends the connections that have no session yet. A server that stops does not know them as its own. */
  endUnfinished(): void {
    for (const socket of this.#unfinished.values()) socket.destroy();
  }

  /** Resolves when TLS may begin, with or without a hello that could be read. Never rejects. */
  async #read(socket: Socket): Promise<void> {
    const key = keyOf(socket);
    // TLS listens once it has the socket; until then, and between two reads, nobody does.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#facts.delete(key);
      this.#unfinished.delete(key);
    });
    this.#unfinished.set(key, socket);
    const deadline = setTimeout(() => socket.destroy(), this.#timeout);
    try {
      const record = await readFirstRecord(socket);
      if (record === null || !isUsualHello(record)) return;
      const facts = factsOf(await readTlsClientHello(Readable.from([record], { objectMode: false })));
      if (!socket.destroyed) this.#facts.set(key, facts);
    } catch {
      // What is no hello, or one in pieces, is TLS's to refuse or to take.
    } finally {
      clearTimeout(deadline);
    }
  }
}
