import {
  type InnerList,
  type Item,
  isInnerList,
  type Member,
  parseDictionary,
  serialise,
} from './structured-fields.ts';

/** One header field as it was sent. */
export type HeaderField = { name: string; value: string };

/** A request as far as signatures cover it. */
export type SignedRequest = {
  method: string;
  /** Parts of the absolute address, normalised as RFC 3986, 6 has it: `authority` in lower case, without a default port. */
  target: { uri: string; scheme: string; authority: string; path: string; query: string };
  headers: readonly HeaderField[];
};

/** The value of a header field: its lines, without the space around them, put together. Undefined where it is missing. */
export const fieldValue = (headers: readonly HeaderField[], name: string): string | undefined => {
  const lines = headers.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value.trim());
  return lines.length === 0 ? undefined : lines.join(', ');
};

const derived: Record<string, (request: SignedRequest) => string> = {
  '@method': ({ method }) => method,
  '@target-uri': ({ target }) => target.uri,
  '@authority': ({ target }) => target.authority,
  '@scheme': ({ target }) => target.scheme,
  '@request-target': ({ target }) => target.path + target.query,
  '@path': ({ target }) => target.path,
  '@query': ({ target }) => target.query || '?',
};

const dictionaryMember = (value: string, key: string): string | undefined => {
  const member: Member | undefined = parseDictionary(value)?.get(key);
  return member === undefined ? undefined : serialise(member);
};

const componentValue = (request: SignedRequest, [name, parameters]: Item): string | undefined => {
  if (typeof name !== 'string') return undefined;
  if (name.startsWith('@')) {
    return parameters.size === 0 && Object.hasOwn(derived, name) ? derived[name]?.(request) : undefined;
  }
  const value = fieldValue(request.headers, name);
  if (value === undefined || parameters.size === 0) return value;
  const key = parameters.get('key');
  return parameters.size === 1 && typeof key === 'string' ? dictionaryMember(value, key) : undefined;
};

/** The base is ASCII by definition, and a line break in a value would forge a component. */
const VISIBLE = /^[\x20-\x7e]*$/;

/**
 * The text that a signature is made over (RFC 9421, 2.5), of the components that `covered` lists and with its parameters.
 * Undefined where a component is missing, is listed twice, or is of a kind that is not read here: `@query-param`,
 * `@status`, and fields with parameters other than `key`.
 */
export const signatureBase = (request: SignedRequest, covered: InnerList): string | undefined => {
  const [components] = covered;
  const lines: string[] = [];
  const seen = new Set<string>();
  for (const component of components) {
    if (isInnerList(component)) return undefined;
    const identifier = serialise(component);
    const value = componentValue(request, component);
    if (value === undefined || !VISIBLE.test(value) || seen.has(identifier)) return undefined;
    seen.add(identifier);
    lines.push(`${identifier}: ${value}`);
  }
  return [...lines, `"@signature-params": ${serialise(covered)}`].join('\n');
};
