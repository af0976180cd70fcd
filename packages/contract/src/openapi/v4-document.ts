import Type from 'typebox';
import { closed, type JsonObject, oneOf } from '../json.ts';
import { EdgeRequest, V4BotInfo, V4EdgeEvent } from '../v4/edge.ts';
import { v4Errors } from '../v4/errors.ts';
import { V4Event, V4EventUpdate, V4Identification, V4SearchAnswer, V4Velocity } from '../v4/event.ts';
import { V4AddressInfo, V4Geolocation, V4IpInfo, V4ProxyDetails, V4VpnMethods } from '../v4/network.ts';
import { V4RawDeviceAttributes } from '../v4/raw-attributes.ts';
import { V4RuleAction } from '../v4/rule-action.ts';
import { v4SearchErrors } from '../v4/search-query.ts';
import { buildDocument, type DocumentedError } from './build-document.ts';
import { dataCredits } from './data-credits.ts';
import { v4Endpoints } from './v4-endpoints.ts';

const searchErrors: Record<string, DocumentedError> = Object.fromEntries(
  Object.entries(v4SearchErrors).map(([name, error]) => [`search:${name}`, error]),
);

/** The edge tells which field of its body is wrong; the message differs. */
const edgeBody: DocumentedError = {
  status: 400,
  code: 'request_cannot_be_parsed',
  message: 'url must be an absolute http or https URL',
  when: 'The body does not have the documented form. The message names the field and what is wrong with it.',
};

const codes = [...new Set(Object.values(v4Errors).map(({ code }) => code))];

/** The form of every error of the v4 API. */
const V4Error = closed({ error: closed({ code: oneOf(...codes), message: Type.String() }) });

/** The OpenAPI document of the Server API v4, written from the schemas and registries that the server works by. */
export const v4Document = (): JsonObject =>
  buildDocument({
    title: 'Whorl Server API v4',
    version: '4',
    description: `Reads, searches, updates and deletes what this server knows of visits, and judges requests at the edge. Unknown query parameters are ignored. Fields that an event has nothing to say in are left out. ${dataCredits}`,
    tags: [
      { name: 'Events', description: 'Single visits.' },
      { name: 'Visitors', description: 'Browsers that were recognised.' },
      { name: 'Edge', description: 'Requests without a browser.' },
    ],
    security: { bearer: { type: 'http', scheme: 'bearer', description: 'A secret key.' } },
    endpoints: v4Endpoints,
    errors: { ...v4Errors, ...searchErrors, 'edge:body': edgeBody },
    schemas: {
      Event: V4Event,
      EventUpdate: V4EventUpdate,
      SearchAnswer: V4SearchAnswer,
      EdgeRequest,
      EdgeEvent: V4EdgeEvent,
      Identification: V4Identification,
      BotInfo: V4BotInfo,
      IpInfo: V4IpInfo,
      AddressInfo: V4AddressInfo,
      Geolocation: V4Geolocation,
      ProxyDetails: V4ProxyDetails,
      VpnMethods: V4VpnMethods,
      Velocity: V4Velocity,
      RawDeviceAttributes: V4RawDeviceAttributes,
      RuleAction: V4RuleAction,
      Error: V4Error,
    },
    errorSchemas: { coded: 'Error' },
    webhooks: {
      event: {
        summary: 'An event was recorded',
        description:
          'Posted to webhooks of version v4, signed: `fpjs-event-signature` holds `v1=` and the HMAC-SHA256 of the body in hexadecimal digits, several of them with commas while secrets change.',
        schema: 'Event',
      },
    },
  });
