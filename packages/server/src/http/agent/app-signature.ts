import type { ApiKey } from '@whorl/contract';
import type { Facts } from '@whorl/engine';
import type { FastifyRequest } from 'fastify';
import { checkAppSignature } from '../../keys/app-signature.ts';

/** The header that an app's signature comes in. */
export const APP_SIGNATURE_HEADER = 'whorl-signature';

type SignedRequest = FastifyRequest<{ Params: { publicKey: string }; Body: Buffer | undefined }>;

/** What became of the signature that an app put on its observation; nothing where it put none, and none is required. */
export const appSignature = (
  request: SignedRequest,
  { id, requiresSignature }: Pick<ApiKey, 'id' | 'requiresSignature'>,
  secret: Buffer,
): Pick<Facts, 'reportSignature' | 'signatureRequired'> => {
  const signature = request.headers[APP_SIGNATURE_HEADER];
  const required = requiresSignature ? { signatureRequired: true } : {};
  if (signature === undefined) return requiresSignature ? { ...required, reportSignature: 'missing' } : {};
  const app = { keyId: id, publicKey: request.params.publicKey };
  const reportSignature = checkAppSignature(secret, app, request.body ?? Buffer.alloc(0), String(signature));
  return { ...required, reportSignature };
};
