/** Data that the lookup needs cannot be read. The message says which, why, and what to do. */
export class NetworkDataError extends Error {
  override readonly name = 'NetworkDataError';
}
