/** What ends a fetch, by the codes of Node.js and the resolver, as parts of a sentence about "it". */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed before the end',
  EPIPE: 'the connection was closed before the end',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection was closed before the end',
  ENOTFOUND: 'the host’s name is not known',
  EAI_AGAIN: 'the host’s name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection took too long',
  WHORL_NOT_PUBLIC: 'it redirects to a host that has no public address',
};

/** Longest text kept of an error that is not in the table, in characters. */
const LONGEST = 200;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Why there is no answer, in words. Where several addresses were tried the errors of each lie inside; the first stands for all. */
export const describeFetchFailure = (error: unknown): string => {
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const text = inner instanceof Error ? inner.message : String(inner);
  return WORDS[codeOf(error)] ?? WORDS[codeOf(inner)] ?? `the fetch failed: ${text.slice(0, LONGEST)}`;
};
