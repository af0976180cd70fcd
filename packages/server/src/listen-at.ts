import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** An address as a URL's host: IPv6 in brackets, and the wildcards as the loopback that reaches them. */
const urlHost = ({ address, family }: AddressInfo): string => {
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return family === 'IPv6' ? `[${address}]` : address;
};

/** Starts to listen and resolves to the address, as `http://host:port`. Port 0 takes a free one. */
export const listenAt = async (
  app: FastifyInstance,
  { port, host }: { port: number; host: string },
  scheme: 'http' | 'https',
): Promise<string> => {
  await app.listen({
    port,
    host,
    // Fastify knows nothing of TLS that it does not end itself.
    listenTextResolver: (address) => `Server listening at ${address.replace(/^http:/, `${scheme}:`)}`,
  });
  const address = app.server.address() as AddressInfo;
  return `${scheme}://${urlHost(address)}:${address.port}`;
};
