import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@whorl/testing';
import type { TestContext } from 'vitest';

/** The official clients, and what of each a test must have used. */
export const clients = {
  '@fingerprintjs/fingerprintjs-pro-server-api': [
    'getEvent',
    'updateEvent',
    'searchEvents',
    'getVisits',
    'getVisitorHistory',
    'deleteVisitorData',
    'getRelatedVisitors',
    'unsealEventsResponse',
    'unseal',
    'isValidWebhookSignature',
    'getRetryAfter',
  ],
  '@fingerprint/node-sdk': [
    'getEvent',
    'updateEvent',
    'searchEvents',
    'deleteVisitorData',
    'unsealEventsResponse',
    'unseal',
    'isValidWebhookSignature',
  ],
  '@fingerprintjs/fingerprintjs-pro': ['load', 'get', 'sealed results'],
  '@fingerprint/agent': ['start', 'get', 'withoutDefault', 'sealed results'],
  '@fingerprintjs/fingerprintjs-pro-spa': ['FpjsClient', 'getVisitorData', 'clearCache'],
  '@fingerprintjs/fingerprintjs-pro-react': ['FpjsProvider', 'useVisitorData', 'clearCache'],
  '@fingerprint/react': ['FingerprintProvider', 'useVisitorData'],
  '@fingerprintjs/fingerprintjs-pro-vue-v3': ['fpjsPlugin', 'useVisitorData', 'clearCache'],
  '@fingerprintjs/fingerprintjs-pro-angular': ['FingerprintjsProAngularModule', 'getVisitorData', 'clearCache'],
  '@fingerprintjs/fingerprintjs-pro-svelte': ['FpjsProvider', 'useVisitorData'],
} as const satisfies Record<string, readonly string[]>;

export type ClientName = keyof typeof clients;
export type MethodOf<C extends ClientName> = (typeof clients)[C][number];

declare module 'vitest' {
  interface TaskMeta {
    /** The clients and methods that a test uses. */
    proves?: { client: string; method: string }[];
  }
}

/** Notes which methods of a client the tests of a group use: `beforeEach(proves('@fingerprint/agent', 'start', 'get'))`. */
export const proves =
  <C extends ClientName>(client: C, ...methods: [MethodOf<C>, ...MethodOf<C>[]]) =>
  ({ task }: Pick<TestContext, 'task'>): void => {
    task.meta.proves = [...(task.meta.proves ?? []), ...methods.map((method) => ({ client, method }))];
  };

/** The version that is installed. */
export const versionOf = (client: ClientName): string => {
  const manifest = readFileSync(join(REPOSITORY, 'node_modules', client, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};
