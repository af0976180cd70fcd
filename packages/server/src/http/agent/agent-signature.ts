import type { HeaderField, SignatureFinding, SignedRequest } from '@whorl/engine';
import type { FastifyRequest } from 'fastify';
import { signedRequest } from '../../ingest/signed-request.ts';

/** Checks a signature; undefined where there is none. `time` in unix milliseconds. */
export type VerifySignature = (request: SignedRequest, time: number) => SignatureFinding | undefined;

/** Header lines as they came: names and values in turn. */
const headerFields = (raw: readonly string[]): HeaderField[] =>
  Array.from({ length: raw.length / 2 }, (_, at) => ({ name: raw[2 * at] ?? '', value: raw[2 * at + 1] ?? '' }));

/** What signatures on requests of our own script are held against. */
export type SignatureCheck = {
  verify: VerifySignature;
  /** Names that this server is reached by, as URLs have them. The `Host` of a request is what its sender made of it. */
  publicHosts: readonly string[];
};

/**
 * The signature of an agent on a request of our own script. It counts only where it was made for this server: whoever has
 * seen an agent's signature for another host could send it here under that host's name. And only a right one counts: a
 * proxy that gives the server another name than the client used would make every honest agent's signature wrong.
 */
export const agentSignature = (
  request: FastifyRequest,
  time: number,
  { verify, publicHosts }: SignatureCheck,
): { signature?: SignatureFinding } => {
  const url = `${request.protocol}://${request.host}${request.url}`;
  if (request.headers['signature-input'] === undefined || !URL.canParse(url)) return {};
  if (!publicHosts.includes(new URL(url).host)) return {};
  const signature = verify(signedRequest(request.method, url, headerFields(request.raw.rawHeaders)), time);
  return signature?.outcome === 'valid' ? { signature } : {};
};
