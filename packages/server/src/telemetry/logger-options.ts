import type { LoggerOptions } from 'pino';
import type { Settings } from '../config/setting-registry.ts';

/** Fields that carry a secret or a token, wherever an entry has them down to the third level. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["auth-api-key"]',
  'api_key',
  'databaseUrl',
  'managementKey',
  'proof',
  'publicKey',
  'sealingKey',
  'secretKey',
  'token',
  'tokens',
] as const;

const atDepth = (prefix: string, field: string): string => {
  if (prefix === '') return field;
  return field.startsWith('[') ? `${prefix}${field}` : `${prefix}.${field}`;
};

/** What of a Fastify request is logged. */
type LoggedRequest = { id?: unknown; method?: string; url?: string; routeOptions?: { url?: string | undefined } };

/**
 * How the server logs: one JSON object a line, with ISO 8601 times. Bodies and query strings are never logged, for both
 * can hold personal data and keys; a request stands as its method and its route's pattern, which holds no ids. The
 * client's address is left out as well.
 */
export const loggerOptions = (level: Settings['logLevel']): LoggerOptions => ({
  level,
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label }) },
  redact: {
    paths: ['', '*', '*.*'].flatMap((prefix) => SECRET_FIELDS.map((field) => atDepth(prefix, field))),
    censor: '[redacted]',
  },
  serializers: {
    req: ({ id, method, url, routeOptions }: LoggedRequest) => ({
      id,
      method,
      route: routeOptions?.url ?? url?.replace(/[?#].*$/, ''),
    }),
    res: ({ statusCode }: { statusCode?: number }) => ({ statusCode }),
  },
});
