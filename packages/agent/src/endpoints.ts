/** Addresses of servers, tried in this order; without a slash at the end. */
export type Endpoints = readonly [string, ...string[]];

/** What the official loaders give: an address, their mark for "the default one", or a list of both. */
export type EndpointOption = string | { default: string } | readonly (string | { default: string })[];

/** The script's own path, in the forms that a server gives it out under; what comes before it is the endpoint's. */
const SCRIPT_PATHS = [/^(.*)\/v3\/[^/]+\/loader_v[^/]*\.js$/, /^(.*)\/web\/v4\/[^/]+$/, /^(.*)\/v[34]\/[^/]+$/];

const withoutSlash = (url: URL): string => (url.origin + url.pathname).replace(/\/+$/, '');

/** The server that a script came from, by the script's address; undefined where the address is not one of ours. */
export const endpointOfScript = (scriptUrl: string | undefined): string | undefined => {
  if (scriptUrl === undefined) return undefined;
  const url = new URL(scriptUrl);
  for (const form of SCRIPT_PATHS) {
    const found = form.exec(url.pathname);
    if (found !== null) return url.origin + found[1];
  }
  return undefined;
};

const parseEndpoint = (text: string, pageUrl: string): string | undefined => {
  try {
    // A path alone is a proxy on the page's own site. Anything else without a scheme is a mistake, not a path.
    const url = text.startsWith('/') ? new URL(text, pageUrl) : new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? withoutSlash(url) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The servers to talk to. Without an option: the one that the script came from. Undefined where that is not known, the
 * list is empty, or an address is not one of HTTP.
 */
export const resolveEndpoints = (
  option: EndpointOption | undefined,
  scriptUrl: string | undefined,
  pageUrl: string,
): Endpoints | undefined => {
  const own = endpointOfScript(scriptUrl);
  const wanted = option === undefined ? [own] : Array.isArray(option) ? option : [option];
  const found: string[] = [];
  for (const one of wanted as (string | { default: string } | undefined)[]) {
    const endpoint = typeof one === 'string' ? parseEndpoint(one, pageUrl) : own;
    if (endpoint === undefined) return undefined;
    found.push(endpoint);
  }
  const [first, ...rest] = found;
  return first === undefined ? undefined : [first, ...rest];
};

/** The worker's script, where the page may start it: only from the page's own origin. */
export const workerUrlFor = (endpoint: string, pageOrigin: string): string | undefined =>
  new URL(endpoint).origin === pageOrigin ? `${endpoint}/agent/worker.js` : undefined;
