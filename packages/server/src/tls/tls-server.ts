import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { FastifyHttpOptions, FastifyServerFactory } from 'fastify';
import { HelloWatch } from './hello-watch.ts';
import { readTlsFiles, type TlsFiles, type TlsPaths } from './read-tls-files.ts';

/** Milliseconds for a handshake once its hello has come. */
const HANDSHAKE_TIMEOUT = 10_000;

/** Fastify hands over its options with their defaults filled in, and has no type for them. */
type FastifyOptions = Pick<
  FastifyHttpOptions<HttpServer>,
  'http' | 'keepAliveTimeout' | 'requestTimeout' | 'connectionTimeout'
>;

/** What a server that ends TLS itself needs beyond one on plain HTTP. */
export class TlsServer {
  readonly hellos = new HelloWatch();
  readonly #paths: TlsPaths;
  readonly #servers: Server[] = [];
  #files: TlsFiles;

  private constructor(paths: TlsPaths, files: TlsFiles) {
    this.#paths = paths;
    this.#files = files;
  }

  /** Rejects with TlsFilesError where the files are no good. */
  static async open(paths: TlsPaths): Promise<TlsServer> {
    return new TlsServer(paths, await readTlsFiles(paths));
  }

  /** Makes Fastify's server: HTTP/1.1 over TLS 1.2 or 1.3, with the limits that Fastify gives its own. */
  readonly factory: FastifyServerFactory = (handler, options) => {
    const { http, keepAliveTimeout, requestTimeout, connectionTimeout } = options as FastifyOptions;
    const server = createServer(
      {
        ...http,
        ...this.#files,
        ALPNProtocols: ['http/1.1'],
        handshakeTimeout: HANDSHAKE_TIMEOUT,
        minVersion: 'TLSv1.2',
      },
      handler,
    );
    if (keepAliveTimeout !== undefined) server.keepAliveTimeout = keepAliveTimeout;
    if (requestTimeout !== undefined) server.requestTimeout = requestTimeout;
    if (connectionTimeout !== undefined) server.setTimeout(connectionTimeout);
    this.hellos.watch(server);
    this.#servers.push(server);
    return server;
  };

  /**
   * Reads the files again, and serves what has changed to new connections. Resolves to whether anything had. Rejects with
   * TlsFilesError where they are no good, and serves the old ones on.
   */
  async renew(): Promise<boolean> {
    const files = await readTlsFiles(this.#paths);
    if (files.cert === this.#files.cert && files.key === this.#files.key) return false;
    for (const server of this.#servers) server.setSecureContext({ ...files, minVersion: 'TLSv1.2' });
    this.#files = files;
    return true;
  }
}
