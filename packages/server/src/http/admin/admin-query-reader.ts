import type { ApiParameter, ApiParameters } from '@whorl/contract';
import type { FastifyRequest } from 'fastify';
import { type Query, queryReader, readingsOf } from '../server-api/read-query.ts';
import { RequestCannotBeParsedError, type RequestFault } from './errors.ts';
import { MOST_FAULTS } from './most-faults.ts';
import { faultFinder } from './read-request.ts';

type Given = Readonly<Record<string, unknown>>;

/** A function that tells what is wrong with one parameter, which comes once. */
const parameterFaults = (name: string, { schema, required }: ApiParameter): ((given: Given) => RequestFault[]) => {
  const find = faultFinder(schema);
  const problemOf = (text: unknown): string | undefined => {
    if (text === undefined) return required === true ? 'is missing' : undefined;
    if (typeof text !== 'string') return 'can be given once';
    const [reading = text] = readingsOf(schema, text);
    return find(reading)[0]?.problem;
  };
  return (given) => {
    const problem = problemOf(given[name]);
    return problem === undefined ? [] : [{ field: `/${name}`, problem }];
  };
};

/**
 * A reader of queries as those of the Server API are read, but with every fault told: throws a
 * {@link RequestCannotBeParsedError} that names each parameter that is unknown, repeated or does not fit its schema.
 */
export const adminQueryReader = <const P extends ApiParameters>(
  parameters: P,
): ((request: FastifyRequest) => Query<P>) => {
  const finders = Object.entries(parameters).map(([name, parameter]) => parameterFaults(name, parameter));
  const read = queryReader(parameters, (name) => new Error(`the parameter ${name} has no fault and cannot be read`));
  return (request) => {
    const given = request.query as Given;
    const unknown = Object.keys(given)
      .filter((name) => !Object.hasOwn(parameters, name))
      .map((name) => ({ field: `/${name}`, problem: 'is no field that can be given here' }));
    const [first, ...rest] = [...unknown, ...finders.flatMap((find) => find(given))].slice(0, MOST_FAULTS);
    if (first !== undefined) throw new RequestCannotBeParsedError([first, ...rest]);
    return read(given);
  };
};
