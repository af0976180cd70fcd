import type { ReportSignature } from '@whorl/engine';
import type { FastifyRequest } from 'fastify';
import { checkAppSignature } from '../../keys/app-signature.ts';

/** The header that an app's signature comes in. */
export const APP_SIGNATURE_HEADER = 'whorl-signature';

type SignedRequest = FastifyRequest<{ Params: { publicKey: string }; Body: Buffer | undefined }>;

/** What became of the signature that an app put on its observation; nothing where it put none. */
export const appSignature = (
  request: SignedRequest,
  keyId: string,
  secret: Buffer,
): { reportSignature?: ReportSignature } => {
  const signature = request.headers[APP_SIGNATURE_HEADER];
  if (signature === undefined) return {};
  const app = { keyId, publicKey: request.params.publicKey };
  return { reportSignature: checkAppSignature(secret, app, request.body ?? Buffer.alloc(0), String(signature)) };
};
