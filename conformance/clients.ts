import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@whorl/testing';

/** The official clients, and what of each some test must have used. */
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
    'parseEventsResponse',
    'isValidWebhookSignature',
    'getRetryAfter',
    'getRequestPath',
    'AuthenticationMode.QueryParameter',
  ],
  '@fingerprint/node-sdk': [
    'getEvent',
    'updateEvent',
    'searchEvents',
    'deleteVisitorData',
    'unsealEventsResponse',
    'unseal',
    'parseEventsResponse',
    'isValidWebhookSignature',
  ],
  '@fingerprintjs/fingerprintjs-pro': ['load', 'get', 'sealed results'],
  '@fingerprint/agent': ['start', 'get', 'withoutDefault', 'sealed results'],
  '@fingerprintjs/fingerprintjs-pro-spa': ['FpjsClient', 'getVisitorData', 'clearCache'],
  '@fingerprintjs/fingerprintjs-pro-react': ['FpjsProvider', 'useVisitorData', 'clearCache'],
  '@fingerprint/react': ['FingerprintProvider', 'useVisitorData'],
  '@fingerprintjs/fingerprintjs-pro-vue-v3': [
    'fpjsPlugin',
    'useVisitorData',
    'clearCache',
    'fpjsGetVisitorDataMixin',
    'fpjsGetVisitorDataExtendedMixin',
  ],
  '@fingerprintjs/fingerprintjs-pro-angular': ['FingerprintjsProAngularModule', 'getVisitorData', 'clearCache'],
  '@fingerprintjs/fingerprintjs-pro-svelte': ['FpjsProvider', 'useVisitorData'],
} as const satisfies Record<string, readonly string[]>;

export type ClientName = keyof typeof clients;
export type MethodOf<C extends ClientName> = (typeof clients)[C][number];

const ERROR = 'a class of errors, which tests of errors meet';
const WORDS = 'a list of words that go into calls';
const CLIENT = 'the client whose methods are listed';
const INNER = 'serves the other methods';

/** What else the Node SDKs publish, and why no test uses it as a method. */
export const otherwisePublished = {
  '@fingerprintjs/fingerprintjs-pro-server-api': {
    AuthenticationMode: WORDS,
    DecryptionAlgorithm: WORDS,
    Region: WORDS,
    FingerprintJsServerApiClient: CLIENT,
    RequestError: ERROR,
    SdkError: ERROR,
    TooManyRequestsError: ERROR,
    UnsealAggregateError: ERROR,
    UnsealError: ERROR,
    getIntegrationInfo: 'the name of the SDK, asks no server',
    getHeaders: INNER,
    getQueryApiKey: INNER,
  },
  '@fingerprint/node-sdk': {
    DecryptionAlgorithm: WORDS,
    Region: WORDS,
    FingerprintServerApiClient: CLIENT,
    RequestError: ERROR,
    SdkError: ERROR,
    ServerApiError: ERROR,
    TooManyRequestsError: ERROR,
    UnsealAggregateError: ERROR,
    UnsealError: ERROR,
    callApi: INNER,
    parseErrorBody: INNER,
    parseJson: INNER,
  },
} as const satisfies Partial<Record<ClientName, Record<string, string>>>;

declare module 'vitest' {
  interface TaskMeta {
    /** The clients and methods that a test has used. */
    used?: { client: string; method: string }[];
  }
}

/** The version that is installed. */
export const versionOf = (client: ClientName): string => {
  const manifest = readFileSync(join(REPOSITORY, 'node_modules', client, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};
