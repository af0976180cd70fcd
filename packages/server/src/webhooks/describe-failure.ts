/** What went wrong with a connection, by the codes of Node.js and the resolver, in words for the delivery log. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed without an answer',
  EPIPE: 'the connection was closed without an answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection took too long',
  ENOTFOUND: 'the host’s name is not known',
  EAI_AGAIN: 'the host’s name could not be looked up',
  ETIMEOUT: 'no name server told the host’s address in time',
  ECANCELLED: 'no name server told the host’s address in time',
  ESERVFAIL: 'the host’s name could not be looked up',
  EREFUSED: 'the host’s name could not be looked up',
  EPROTO: 'the TLS handshake failed',
  HPE_HEADER_OVERFLOW: 'the answer’s headers are too long',
};

/** Longest text kept of an error that is not in the table, in characters. */
const LONGEST = 200;

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** Why no status came, in one line. Undefined: the connection ended and nothing was said. */
export const describeFailure = (error: Error | undefined): string => {
  if (error === undefined) return 'the connection was closed without an answer';
  const code = codeOf(error);
  if (code.startsWith('HPE_')) return WORDS[code] ?? 'the answer is not HTTP';
  // Where several addresses were tried the errors of each lie inside; the first stands for all.
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  const known = WORDS[code] ?? (inner instanceof Error ? WORDS[codeOf(inner)] : undefined);
  return known ?? (error.message.slice(0, LONGEST) || 'the request failed');
};
