/** The server's certificate or its key cannot be used. The message says which, why, and what to do. */
export class TlsFilesError extends Error {
  override readonly name = 'TlsFilesError';
}
