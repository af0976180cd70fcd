import { anyOf } from '../../evidence.ts';
import { fetchMetadataContradictions } from '../../network/fetch-metadata.ts';
import { tlsContradictions } from '../../network/tls-hello.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'requestSender';

/**
 * A hello of another program is a virus scanner's or a company proxy's more often than a forger's, and headers that are
 * missing, or come in part, can have been dropped by who passed the request on. Neither is enough alone; both together
 * are, and so are the headers of another kind of request.
 */
const ENOUGH = 0.55;

/** Whether the browser that the page describes also sent the request: its fetch metadata, and its TLS hello where known. */
export const requestSender: BotDetector = (facts) => {
  const [metadata, tls] = [fetchMetadataContradictions(facts), tlsContradictions(facts)];
  if (metadata === null && tls === null) return notLooked(NAME);
  const found = [...(metadata ?? []), ...(tls ?? [])].map(({ evidence }) => evidence);
  return anyOf(found) >= ENOUGH ? automation(NAME, 'http_client', found) : nothing(NAME, found);
};
