import { tidyName } from '@whorl/contract';
import type { FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { bodyReader } from './read-request.ts';

/** The body with its name as it would be kept. What is no body or no name is left for the schema to refuse. */
const tidied = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string'
    ? { ...body, name: tidyName(body.name) }
    : body;

/** A `bodyReader` of what may be given a `name`: the schema judges the name as it is kept, not as it was sent. */
export const namedBodyReader = <T extends TSchema>(schema: T): ((request: FastifyRequest) => Static<T>) => {
  const read = bodyReader(schema);
  return ({ body }) => read({ body: tidied(body) });
};
