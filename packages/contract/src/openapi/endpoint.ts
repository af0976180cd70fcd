import type { TSchema } from 'typebox';
import type { Json } from '../json.ts';

/** One value that comes in the path or the query of a request. */
export type ApiParameter = {
  /** What a value may be; of a parameter that may come several times, what each of its values may be. */
  schema: TSchema;
  description: string;
  required?: boolean;
  /**
   * How several values are given, where that is allowed: `repeated` as `name=a&name=b`, `brackets` as either that or
   * `name[]=a&name[]=b`.
   */
  several?: 'repeated' | 'brackets';
};

/** Parameters by their names on the wire, in the order in which they are documented. */
export type ApiParameters = Readonly<Record<string, ApiParameter>>;

/** One error that an API answers. `when` says in a sentence what it means and how to mend it. */
export type ApiError = { status: number; code: string; message: string; when?: string };

/** Errors by the names that the code knows them by. */
export type ApiErrors = Readonly<Record<string, ApiError>>;

/** One operation of an API, as its document shows it and as the server has a route for it. `E`: names of errors. */
export type Endpoint<E extends string = string> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the server's root, with its parameters in braces: `/v4/events/{event_id}`. */
  path: string;
  operationId: string;
  summary: string;
  description?: string;
  tag: string;
  pathParameters?: ApiParameters;
  query?: ApiParameters;
  /**
   * `example`: what the explorer fills in. Sent as it is, it does what the summary says and no harm: a change changes a
   * single field to what it usually is, nothing is sent to anyone, and no secret is one that others could read here.
   */
  body?: { schema: TSchema; example: Json; description?: string; required?: boolean };
  /** What it answers when all is well; without a schema the body is empty. */
  answer: { status: number; description: string; schema?: TSchema };
  errors: readonly E[];
};
