import type { IncomingHttpHeaders } from 'node:http';
import type { HeaderFacts } from '@whorl/engine';

const NAMES = [
  'user-agent',
  'accept-language',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'origin',
  'referer',
] as const satisfies (keyof HeaderFacts)[];

/** Longest header kept. Characters. */
const LONGEST = 2048;

/** The headers that judgements look at, each cut to a length that an honest client stays far below. */
export const headerFacts = (headers: IncomingHttpHeaders): HeaderFacts => {
  const facts: HeaderFacts = {};
  for (const name of NAMES) {
    const value = headers[name];
    if (typeof value === 'string') facts[name] = value.slice(0, LONGEST);
  }
  return facts;
};
