import type { HeaderField } from '@whorl/engine';

/**
 * Headers that tell of the client or the way, and that no one puts a secret into. Names of tokens, keys and sessions are of
 * everyone's own making, so that none can be told by its name: whatever is not listed here is emptied.
 */
const KEPT: ReadonlySet<string> = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'dnt',
  'host',
  'origin',
  'pragma',
  'priority',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-user',
  'sec-gpc',
  'sec-purpose',
  'signature-agent',
  'signature-input',
  'te',
  'upgrade-insecure-requests',
  'user-agent',
  'via',
  'x-forwarded-proto',
]);

/** User agent client hints, of which new ones keep coming. */
const CLIENT_HINT = /^sec-ch-/;

/** A page's address without what forms and single sign-on write into it: query, fragment and credentials. */
const withoutQuery = (value: string): string => {
  if (!URL.canParse(value)) return '';
  const { protocol, host, pathname } = new URL(value);
  return /^https?:$/.test(protocol) ? `${protocol}//${host}${pathname}` : '';
};

const keptValue = ({ name, value }: HeaderField): string => {
  const known = name.toLowerCase();
  if (known === 'referer') return withoutQuery(value);
  return KEPT.has(known) || CLIENT_HINT.test(known) ? value : '';
};

/**
 * Headers as they are stored: every name in its order and spelling, for they tell of the client, and the values of those
 * that are known to hold no secret. Clients are asked to empty secrets; whoever does not must not find them in the database.
 */
export const keptHeaders = (headers: readonly HeaderField[]): HeaderField[] =>
  headers.map((field) => ({ name: field.name, value: keptValue(field) }));
