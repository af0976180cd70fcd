import { literalAddress } from '../outbound/literal-address.ts';
import { isReachableAddress } from '../outbound/reachable-address.ts';

/** Longest address of a webhook, in characters. */
export const LONGEST_TARGET = 2048;

/** An address to post to, or what is wrong with it, to be put after the name of the field. */
export type Target = { ok: true; url: URL } | { ok: false; problem: string };

const fault = (problem: string): Target => ({ ok: false, problem });

/**
 * Reads the address of a webhook; its `href` is what is to be kept, for the parser forgives much, line breaks among it.
 * What a name leads to is checked when it is connected to, for that can change; here only what the text itself shows.
 *
 * @param privateAddresses whether private and loopback addresses are allowed
 */
export const readTarget = (text: string, privateAddresses: boolean): Target => {
  // The parser would put other characters in the place of such halves.
  if (/\p{Surrogate}/u.test(text)) return fault('holds half of a surrogate pair');
  if (!URL.canParse(text)) return fault('is not an absolute address, such as https://example.com/webhook');
  const url = new URL(text);
  if (url.href.length > LONGEST_TARGET) return fault(`has more than ${LONGEST_TARGET} characters`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fault('must begin with https:// or http://');
  if (url.username !== '' || url.password !== '') {
    return fault('must not hold a user or password; the signature tells who sent');
  }
  if (url.href.includes('#')) return fault('must not have a fragment, which is never sent');
  const literal = literalAddress(url);
  if (literal !== undefined && !privateAddresses && !isReachableAddress(literal)) {
    return fault('is no public address; WHORL_WEBHOOK_PRIVATE_ADDRESSES=on allows private ones');
  }
  return { ok: true, url };
};
