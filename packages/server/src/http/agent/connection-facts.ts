import { BlockList, isIP } from 'node:net';
import type { TlsFacts } from '@whorl/contract';
import { readJa4, readTcpSystem } from '@whorl/engine';
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { type Connection, connectionOf } from '../../ingest/receive.ts';

/** What a visit's connection tells of the client, apart from what it says itself. */
export type ReadConnection = (request: FastifyRequest) => Connection;

export type ConnectionParts = {
  /** As in the settings: CIDRs. */
  trustedProxies: readonly string[];
  /** Names of the headers by which proxies tell the JA4 fingerprint and the TCP handshake's system, lower case. */
  ja4Header: string | null;
  tcpOsHeader: string | null;
  /** The TLS hello of a connection that this server ended itself. */
  helloOf?: ((socket: FastifyRequest['socket']) => TlsFacts | undefined) | undefined;
};

/** Whether an address is one of those networks, IPv4-mapped IPv6 included. */
const matcherOf = (networks: readonly string[]): ((address: string | undefined) => boolean) => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return (address) => {
    if (address === undefined || !ipaddr.isValid(address)) return false;
    const plain = ipaddr.process(address);
    return list.check(plain.toString(), plain.kind());
  };
};

/** A header that came once; from several proxies, or beside one of the client's own, it says nothing. */
const headerOf = ({ headers }: FastifyRequest, name: string | null): string | undefined => {
  const value = name === null ? undefined : headers[name];
  return typeof value === 'string' && value !== '' ? value.trim() : undefined;
};

/**
 * Reads what is known of a visit's connection. Headers are believed only where the connection itself comes from a trusted
 * proxy, and only in their exact form; of a proxy's own TLS hello nothing is made, for it tells of the proxy. A trusted
 * address that forwards nobody is the visitor itself.
 */
export const readConnection = ({
  trustedProxies,
  ja4Header,
  tcpOsHeader,
  helloOf,
}: ConnectionParts): ReadConnection => {
  const isTrusted = matcherOf(trustedProxies);
  let warned = false;
  const told = (request: FastifyRequest): TlsFacts | undefined => {
    const ja4 = headerOf(request, ja4Header);
    if (ja4 === undefined) return undefined;
    if (readJa4(ja4) !== undefined) return { ja4, source: 'proxy' };
    // Once: a proxy that is set up wrongly sends it with every visit.
    if (!warned)
      request.log.warn({ header: ja4Header }, 'a trusted proxy sends no JA4 fingerprint in the header that is for it');
    warned = true;
    return undefined;
  };
  return (request) => {
    const peer = request.socket.remoteAddress;
    const trusted = isTrusted(peer);
    const isVisitor = !trusted || request.ip === peer;
    const tls = (trusted ? told(request) : undefined) ?? (isVisitor ? helloOf?.(request.socket) : undefined);
    const words = trusted ? headerOf(request, tcpOsHeader) : undefined;
    const tcpSystem = words === undefined ? undefined : readTcpSystem(words);
    return connectionOf({ tls, tcpSystem });
  };
};
