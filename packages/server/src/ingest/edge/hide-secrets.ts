import type { HeaderField } from '@whorl/engine';

/**
 * Headers whose value opens a session or an account. Clients are asked to empty them; whoever does not must not find them
 * in our database. Names of tokens and keys are many and of everyone's own making, so they are told by how they end.
 */
const SECRET =
  /^(?:authorization|cookie2?|set-cookie2?|proxy-.*|.*authorization|.*api-?key|.*token|.*secret|.*password|.*session(?:-?id)?|.*jwt.*)$/i;

/** The headers, with the values of those emptied that name a secret. Names and order stay: they tell of the client. */
export const hideSecrets = (headers: readonly HeaderField[]): HeaderField[] =>
  headers.map(({ name, value }) => ({ name, value: SECRET.test(name) ? '' : value }));
