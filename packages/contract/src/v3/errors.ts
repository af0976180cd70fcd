/** Status, code and message of every error of the v3 Server API that this server answers. */
export const v3Errors = {
  tokenRequired: { status: 403, code: 'TokenRequired', message: 'secret key is required' },
  tokenNotFound: { status: 403, code: 'TokenNotFound', message: 'secret key is not found' },
  requestNotFound: { status: 404, code: 'RequestNotFound', message: 'request id not found' },
  failed: { status: 500, code: 'Failed', message: 'internal server error' },
} as const;

export type V3ErrorName = keyof typeof v3Errors;
