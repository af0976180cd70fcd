import { type Json, type JsonObject, managementDocument, v3Document, v4Document } from '@whorl/contract';
import { Compile, type Validator } from 'typebox/compile';

/** A parameter as a document has it. */
export type DocumentedParameter = { name: string; in: 'path' | 'query'; schema: JsonObject };

/** An error as a document shows it; `name` is that of its example. */
export type DocumentedExample = { name: string; value: { error: string | { code: string; message: string } } };

/** One operation of one of the documents, with what a test needs of it at hand. */
export type DocumentedOperation = {
  api: 'v3' | 'v4' | 'management';
  operationId: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  parameters: DocumentedParameter[];
  /** The schema of the body; undefined where there is none. */
  body: JsonObject | undefined;
  /** A body that the document shows. */
  example: Json | undefined;
  /** What validates the answer, by status; null where the body is empty. */
  answers: Map<number, Validator | null>;
  errors: Map<number, DocumentedExample[]>;
};

type Content = {
  'application/json': {
    schema: JsonObject;
    example?: Json;
    examples?: Record<string, { value: DocumentedExample['value'] }>;
  };
};
type Response = { content?: Content };
type Operation = {
  operationId: string;
  parameters?: DocumentedParameter[];
  requestBody?: { content: Content };
  responses: Record<string, Response>;
};

/** The documents by the names of their APIs. */
export const documents = { v3: v3Document(), v4: v4Document(), management: managementDocument() } as const;

const errorsOf = ({ content }: Response): DocumentedExample[] =>
  Object.entries(content?.['application/json'].examples ?? {}).map(([name, { value }]) => ({ name, value }));

/** Schemas refer to others of their document by `#/components/…`, so those come along. */
const validatorOf = (api: DocumentedOperation['api'], { 'application/json': { schema } }: Content): Validator =>
  Compile({ ...schema, components: documents[api].components });

const read = (
  api: DocumentedOperation['api'],
  path: string,
  method: string,
  operation: Operation,
): DocumentedOperation => {
  const responses = Object.entries(operation.responses).map(
    ([status, response]) => [Number(status), response] as const,
  );
  return {
    api,
    operationId: operation.operationId,
    method: method.toUpperCase() as DocumentedOperation['method'],
    path,
    parameters: operation.parameters ?? [],
    body: operation.requestBody?.content['application/json'].schema,
    example: operation.requestBody?.content['application/json'].example,
    answers: new Map(
      responses
        .filter(([status]) => status < 400)
        .map(([status, { content }]) => [status, content === undefined ? null : validatorOf(api, content)]),
    ),
    errors: new Map(
      responses.filter(([status]) => status >= 400).map(([status, response]) => [status, errorsOf(response)]),
    ),
  };
};

/** Every operation of every document. */
export const documentedOperations: DocumentedOperation[] = Object.entries(documents).flatMap(([api, { paths }]) =>
  Object.entries(paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      read(api as DocumentedOperation['api'], path, method, operation),
    ),
  ),
);
