import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';

/** All addresses of a host; rejects where it has none, or nobody answers in time. */
export type ResolveHost = (host: string) => Promise<LookupAddress[]>;

/** Both ways to look a name up. */
export type HostSources = {
  /** Asks name servers, without a thread; gives up by itself. */
  network: ResolveHost;
  /** Asks the operating system, which holds a thread of the process for as long as it takes. */
  system: ResolveHost;
};

/** Milliseconds that name servers have together. A delivery has three seconds for everything. */
const PATIENCE = 2_500;

/** Milliseconds after which a name server is asked again, or the next one. */
const TRY = 800;

/** This machine, whatever name servers say of its name (RFC 6761, section 6.3). */
const LOCALHOST = /^(?:.+\.)?localhost$/i;
const LOOPBACK: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Answers that say: name servers have nothing to say of this name. The operating system may know it without them. */
const UNKNOWN = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED']);

const codeOf = (reason: unknown): string =>
  reason instanceof Error && 'code' in reason && typeof reason.code === 'string' ? reason.code : '';

/** Asks the name servers of the system's settings for IPv4 and IPv6 addresses at once. */
const askNameServers: ResolveHost = async (host) => {
  const resolver = new Resolver({ timeout: TRY, tries: 3 });
  const timer = setTimeout(() => resolver.cancel(), PATIENCE);
  try {
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = [
      ...(four.status === 'fulfilled' ? four.value : []).map((address) => ({ address, family: 4 })),
      ...(six.status === 'fulfilled' ? six.value : []).map((address) => ({ address, family: 6 })),
    ];
    if (found.length > 0) return found;
    // A server that did not answer may know the name: that one of the two kinds is missing does not say that it is unknown.
    const reasons = [four, six].flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    throw reasons.find((reason) => !UNKNOWN.has(codeOf(reason))) ?? reasons[0];
  } finally {
    clearTimeout(timer);
  }
};

const askSystem: ResolveHost = (host) => lookup(host, { all: true });

/**
 * Looks names up so that one that nobody answers for holds up no other. Node's own lookup takes a thread of four for each
 * name: four such names would stop every connection, and the compression and file access of the process with them. Here
 * name servers are asked first, without threads. What they do not know, such as an entry of `/etc/hosts` or a short name
 * in a search domain, is asked of the operating system, one name at a time: these share one thread, never all.
 *
 * @param patience milliseconds after which a name that waits for its turn is given up
 */
export const hostResolver = (
  { network, system }: HostSources = { network: askNameServers, system: askSystem },
  patience = PATIENCE,
): ResolveHost => {
  const waiting = new Map<string, Promise<LookupAddress[]>>();
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = (host: string): Promise<LookupAddress[]> => {
    const known = waiting.get(host);
    if (known !== undefined) return known;
    const asked = performance.now();
    const answer = last.then(() => {
      // Whoever wanted to know has given up; nor should a crowd of such names hold the thread one after the other.
      if (performance.now() - asked > patience) throw new Error('the host’s name could not be looked up in time');
      return system(host);
    });
    waiting.set(host, answer);
    last = answer.catch(() => {}).finally(() => waiting.delete(host));
    return answer;
  };

  return async (host) => {
    if (LOCALHOST.test(host)) return LOOPBACK;
    try {
      return await network(host);
    } catch (error) {
      if (!UNKNOWN.has(codeOf(error))) throw error;
      return inTurn(host);
    }
  };
};
