/** Whether an error is of the framework's, which could not read the request: a wrong `Content-Length`, a body too large. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500;
