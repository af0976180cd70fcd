import type { IncomingMessage } from 'node:http';
import { type GetOptions, type GetUrl, getUrl } from './get-url.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where a redirect leads, or what is wrong with that. */
const redirectOf = (
  { statusCode, headers: { location } }: IncomingMessage,
  from: URL,
  seen: ReadonlySet<string>,
  most: number,
): { to: URL } | { problem: string } => {
  if (location === undefined || !URL.canParse(location, from.href)) {
    return { problem: `it redirects (${statusCode}) to nowhere` };
  }
  const to = new URL(location, from);
  to.hash = '';
  if (to.protocol !== 'https:' && to.protocol !== from.protocol) {
    return { problem: `it redirects from ${from.protocol}// to ${to.protocol}//` };
  }
  if (to.username !== '' || to.password !== '') return { problem: 'it redirects to an address with a user in it' };
  if (seen.has(to.href)) return { problem: 'it redirects in a loop' };
  if (seen.size > most) return { problem: `it redirects more than ${most} times` };
  return { to };
};

/**
 * The first answer that is no redirect, or what is wrong with the redirects. The host of `url` stands in the settings and is
 * the operator's word, wherever its name leads: a mirror in a private network is as good as any. A redirect is the word of whoever
 * answers: once a host on the public internet has, none in a private network is asked any more.
 *
 * @param most how many redirects are followed
 * @throws what the connection throws; UnreachableHostError where a redirect leads from the public internet into a private network
 */
export const followRedirects = async (
  url: URL,
  options: Omit<GetOptions, 'publicOnly'>,
  most: number,
  get: GetUrl = getUrl,
): Promise<IncomingMessage | { problem: string }> => {
  const seen = new Set<string>();
  let publicOnly = false;
  let at = url;
  for (;;) {
    seen.add(at.href);
    const { message, isPublic } = await get(at, { ...options, publicOnly });
    if (!REDIRECTS.has(message.statusCode ?? 0)) return message;
    message.destroy();
    const target = redirectOf(message, at, seen, most);
    if ('problem' in target) return target;
    publicOnly ||= isPublic;
    at = target.to;
  }
};
