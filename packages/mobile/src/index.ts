export { type Client, type ClientSettings, createClient, type VisitOptions } from './client.ts';
export { signBody } from './crypto/sign-body.ts';
export {
  AbortedError,
  BadResponseError,
  NetworkError,
  RefusedError,
  type Result,
  TimeoutError,
  VisitError,
} from './errors.ts';
export { MOBILE_VERSION } from './mobile-version.ts';
export { joinReaders, type Reader, type Readers } from './readers.ts';
export type { AbortSignalLike, PostRequest, PostResponse, Runtime } from './runtime.ts';
export { memoryTokenStore, type TokenStore } from './token-store.ts';
export type { Endpoints } from './transport/with-retries.ts';
