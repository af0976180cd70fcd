import type { JsonObject } from '../json.ts';
import { Geolocation } from '../signals.ts';
import { V3EventUpdate, V3RelatedVisitors, V3SearchAnswer, V3Visit, V3Visits } from '../v3/answers.ts';
import { V3Error, V3PlainError, v3Errors, v3PlainErrors } from '../v3/errors.ts';
import { V3Event, V3Identification, V3Products } from '../v3/event.ts';
import { V3WebhookEvent } from '../v3/webhook.ts';
import { buildDocument, type DocumentedError } from './build-document.ts';
import { dataCredits } from './data-credits.ts';
import { v3Endpoints } from './v3-endpoints.ts';

const plainErrors: Record<string, DocumentedError> = Object.fromEntries(
  Object.entries(v3PlainErrors).map(([name, error]) => [`plain:${name}`, error]),
);

/** The OpenAPI document of the Server API v3, written from the schemas and registries that the server works by. */
export const v3Document = (): JsonObject =>
  buildDocument({
    title: 'Whorl Server API v3',
    version: '3',
    description: `Reads, searches, updates and deletes what this server knows of visits. The first version of the API; v4 is the newer one. Unknown query parameters are ignored. ${dataCredits}`,
    tags: [
      { name: 'Events', description: 'Single visits.' },
      { name: 'Visitors', description: 'Browsers that were recognised.' },
    ],
    security: {
      header: { type: 'apiKey', in: 'header', name: 'Auth-API-Key', description: 'A secret key.' },
      query: {
        type: 'apiKey',
        in: 'query',
        name: 'api_key',
        description: 'A secret key. Addresses end up in logs: prefer the header.',
      },
    },
    endpoints: v3Endpoints,
    errors: { ...v3Errors, ...plainErrors },
    schemas: {
      Event: V3Event,
      EventUpdate: V3EventUpdate,
      SearchAnswer: V3SearchAnswer,
      Visits: V3Visits,
      Visit: V3Visit,
      RelatedVisitors: V3RelatedVisitors,
      Products: V3Products,
      Identification: V3Identification,
      Geolocation,
      WebhookEvent: V3WebhookEvent,
      Error: V3Error,
      PlainError: V3PlainError,
    },
    errorSchemas: { coded: 'Error', plain: 'PlainError' },
    webhooks: {
      event: {
        summary: 'An event was recorded',
        description:
          'Posted to webhooks of version v3, signed: `fpjs-event-signature` holds `v1=` and the HMAC-SHA256 of the body in hexadecimal digits, several of them with commas while secrets change.',
        schema: 'WebhookEvent',
      },
    },
  });
