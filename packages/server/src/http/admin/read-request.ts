import { type SchemaError, schemaFaults } from '@whorl/contract';
import type { FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { RequestCannotBeParsedError, type RequestFault } from './errors.ts';
import { MOST_FAULTS } from './most-faults.ts';

/**
 * The faults of a value, one for each field. Where a field may have one of several forms and one of them fits but for
 * something deeper inside, the deeper fault is told alone.
 */
const faultsOf = (errors: readonly SchemaError[]): [RequestFault, ...RequestFault[]] => {
  const problems = new Map<string, Set<string>>();
  for (const { field, problem } of schemaFaults(errors)) {
    problems.set(field, (problems.get(field) ?? new Set()).add(problem));
  }
  const fields = [...problems.keys()];
  const [first, ...rest] = fields
    .filter((field) => field === '' || !fields.some((other) => other.startsWith(`${field}/`)))
    .slice(0, MOST_FAULTS)
    .map((field) => ({ field, problem: [...(problems.get(field) ?? [])].join(' or ') }));
  return [first ?? { field: '', problem: 'the body does not have the documented form' }, ...rest];
};

/** A function that tells what is wrong with a value by a schema; nothing where it fits. */
export const faultFinder = (schema: TSchema): ((value: unknown) => RequestFault[]) => {
  const compiled = Compile(schema);
  return (value) => (compiled.Check(value) ? [] : faultsOf(compiled.Errors(value)));
};

/**
 * A reader of bodies by a schema; what does not fit throws a {@link RequestCannotBeParsedError} that names the fields. No
 * body at all is read as an empty object, so that one without required fields may be left out.
 */
export const bodyReader = <T extends TSchema>(schema: T): ((request: Pick<FastifyRequest, 'body'>) => Static<T>) => {
  const find = faultFinder(schema);
  return (request) => {
    const value = request.body === undefined ? {} : request.body;
    const [first, ...rest] = find(value);
    if (first === undefined) return value as Static<T>;
    throw new RequestCannotBeParsedError([first, ...rest]);
  };
};
