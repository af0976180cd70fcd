import { userAgentContradiction } from '../../network/request-headers.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'headerUserAgent';

/** Clients that send requests without a page: an observation from one of them was made elsewhere. */
const HTTP_CLIENT = /^(?:curl|wget|python|go-http|okhttp|node|axios|undici|java|apache-http|ruby|php|perl|postman)/i;

/** A user agent header that is not the page's: the observation was sent by something other than the browser it shows. */
export const headerUserAgent: BotDetector = (facts) => {
  const contradictions = userAgentContradiction(facts);
  if (contradictions === null) return notLooked(NAME);
  const found = contradictions.map(({ evidence }) => evidence);
  if (found.length === 0) return nothing(NAME);
  const header = facts.headers['user-agent'] ?? '';
  if (!HTTP_CLIENT.test(header)) return automation(NAME, 'forged_user_agent', found);
  return automation(NAME, 'http_client', [...found.map((item) => ({ ...item, weight: 0.95 }))]);
};
