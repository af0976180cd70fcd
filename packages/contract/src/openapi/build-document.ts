import type { Json, JsonObject } from '../json.ts';
import type { ApiError, ApiParameter, ApiParameters, Endpoint } from './endpoint.ts';
import { type NamedSchemas, SchemaWriter } from './reference-schemas.ts';

/** An error as documents show it. Without a code it is one of the old form, which has a text alone. */
export type DocumentedError = Omit<ApiError, 'code'> & { code?: string };

/** Everything that a document is made of. */
export type ApiDescription = {
  title: string;
  version: string;
  description: string;
  tags: readonly { name: string; description: string }[];
  /** Ways to send the key, each sufficient: OpenAPI security schemes by name. */
  security: Readonly<Record<string, JsonObject>>;
  endpoints: readonly Endpoint[];
  errors: Readonly<Record<string, DocumentedError>>;
  schemas: NamedSchemas;
  /** Names of the schemas of errors, with a code and without. */
  errorSchemas: { coded: string; plain?: string };
  /** What the server itself sends to others: the body of each by its name. */
  webhooks?: Readonly<Record<string, { summary: string; description: string; schema: string }>>;
};

const JSON_TYPE = 'application/json';

const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const content = (schema: JsonObject, more: JsonObject = {}): JsonObject => ({ [JSON_TYPE]: { schema, ...more } });

const writeParameter = (
  name: string,
  place: 'path' | 'query',
  { schema, description, required = place === 'path', several }: ApiParameter,
  writer: SchemaWriter,
): JsonObject => {
  const one = writer.write(schema);
  const form = several === undefined ? {} : { style: 'form', explode: true };
  return {
    name,
    in: place,
    required,
    description,
    ...form,
    schema: several === undefined ? one : { type: 'array', items: one },
  };
};

const writeParameters = (place: 'path' | 'query', parameters: ApiParameters, writer: SchemaWriter): JsonObject[] =>
  Object.entries(parameters).map(([name, parameter]) => writeParameter(name, place, parameter, writer));

const errorBody = ({ code, message }: DocumentedError): Json => ({
  error: code === undefined ? message : { code, message },
});

/** Seconds to wait, as RFC 9110 has it, 10.2.3. */
const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } } };

/** Statuses that pass. */
const TELLS_WHEN = new Set([429, 503]);

const errorResponse = (errors: [string, DocumentedError][], names: ApiDescription['errorSchemas']): JsonObject => {
  const first = errors[0]?.[1];
  const isPlain = first?.code === undefined && names.plain !== undefined;
  const lines = errors.map(([, { code, message, when }]) =>
    `- ${code === undefined ? '' : `\`${code}\`: `}${message}. ${when ?? ''}`.trimEnd(),
  );
  const examples = Object.fromEntries(
    errors.map(([name, error]) => [name, { summary: error.message, value: errorBody(error) }]),
  );
  return {
    description: lines.join('\n'),
    ...(first !== undefined && TELLS_WHEN.has(first.status) ? { headers: RETRY_AFTER } : {}),
    content: content(reference(isPlain ? (names.plain ?? names.coded) : names.coded), { examples }),
  };
};

const errorResponses = ({ errors: names }: Endpoint, { errors, errorSchemas }: ApiDescription): JsonObject => {
  const found = names.map((name): [string, DocumentedError] => {
    const error = errors[name];
    if (error === undefined) throw new Error(`the errors of this API have no "${name}"`);
    return [name, error];
  });
  const statuses = [...new Set(found.map(([, { status }]) => status))].sort((one, other) => one - other);
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      errorResponse(
        found.filter(([, error]) => error.status === status),
        errorSchemas,
      ),
    ]),
  );
};

const writeEndpoint = (endpoint: Endpoint, api: ApiDescription, writer: SchemaWriter): JsonObject => {
  const { operationId, summary, description, tag, pathParameters = {}, query = {}, body, answer } = endpoint;
  const parameters = [...writeParameters('path', pathParameters, writer), ...writeParameters('query', query, writer)];
  const good: JsonObject = {
    description: answer.description,
    ...(answer.schema === undefined ? {} : { content: content(writer.write(answer.schema)) }),
  };
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: body.required ?? false,
            ...(body.description === undefined ? {} : { description: body.description }),
            content: content(writer.write(body.schema), { example: body.example }),
          },
        }),
    responses: { [String(answer.status)]: good, ...errorResponses(endpoint, api) },
  };
};

const writePaths = (api: ApiDescription, writer: SchemaWriter): JsonObject => {
  const paths: Record<string, JsonObject> = {};
  for (const endpoint of api.endpoints) {
    const path = paths[endpoint.path] ?? {};
    path[endpoint.method.toLowerCase()] = writeEndpoint(endpoint, api, writer);
    paths[endpoint.path] = path;
  }
  return paths;
};

const writeWebhooks = ({ webhooks = {} }: ApiDescription): JsonObject =>
  Object.fromEntries(
    Object.entries(webhooks).map(([name, { schema, ...told }]) => [
      name,
      {
        post: {
          ...told,
          security: [],
          requestBody: { required: true, content: content(reference(schema)) },
          responses: { '2XX': { description: 'Any of these tells that the event was received.' } },
        },
      },
    ]),
  );

/** The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1) of an API, as JSON. */
export const buildDocument = (api: ApiDescription): JsonObject => {
  const writer = new SchemaWriter(api.schemas);
  return {
    openapi: '3.1.1',
    info: {
      title: api.title,
      version: api.version,
      description: api.description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    // Relative to the document: whichever server has answered with it.
    servers: [{ url: '/' }],
    security: Object.keys(api.security).map((name) => ({ [name]: [] })),
    tags: api.tags.map((tag) => ({ ...tag })),
    paths: writePaths(api, writer),
    ...(api.webhooks === undefined ? {} : { webhooks: writeWebhooks(api) }),
    components: { schemas: writer.components(), securitySchemes: { ...api.security } },
  };
};
