import type { ApiParameters } from '@whorl/contract';
import type { FastifyRequest } from 'fastify';
import type { Static, TProperties, TSchema } from 'typebox';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { RequestCannotBeParsedError, type RequestFault } from './errors.ts';

/** What TypeBox says of one departure from a schema. */
type SchemaFault = { keyword: string; instancePath: string; message: string; params: object };

/** Faults that only sum up what others have said already. */
const SUMMARIES = new Set(['boolean', 'anyOf', 'oneOf', 'allOf', 'not', 'if']);

/** So many faults are told; whoever sends a thousand wrong fields learns from the first ones. */
const MOST_FAULTS = 20;

const told = ({ keyword, instancePath, message, params }: SchemaFault): RequestFault[] => {
  if (SUMMARIES.has(keyword)) return [];
  if ('additionalProperties' in params && Array.isArray(params.additionalProperties)) {
    return params.additionalProperties.map((name) => ({
      field: `${instancePath}/${String(name)}`,
      problem: 'is no field that can be given here',
    }));
  }
  if ('requiredProperties' in params && Array.isArray(params.requiredProperties)) {
    return params.requiredProperties.map((name) => ({
      field: `${instancePath}/${String(name)}`,
      problem: 'is missing',
    }));
  }
  if ('allowedValues' in params && Array.isArray(params.allowedValues)) {
    return [{ field: instancePath, problem: `must be one of ${params.allowedValues.join(', ')}` }];
  }
  return [{ field: instancePath, problem: message }];
};

/**
 * The faults of a value, one for each field. Where a field may have one of several forms and one of them fits but for
 * something deeper inside, the deeper fault is told alone.
 */
const faultsOf = (errors: readonly SchemaFault[]): [RequestFault, ...RequestFault[]] => {
  const problems = new Map<string, Set<string>>();
  for (const { field, problem } of errors.flatMap(told)) {
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
  return (value) => (compiled.Check(value) ? [] : faultsOf(compiled.Errors(value) as SchemaFault[]));
};

/** A reader of values by a schema; what does not fit throws a {@link RequestCannotBeParsedError} that names the fields. */
export const readerOf = <T extends TSchema>(schema: T): ((value: unknown) => Static<T>) => {
  const find = faultFinder(schema);
  return (value) => {
    const [first, ...rest] = find(value);
    if (first === undefined) return value as Static<T>;
    throw new RequestCannotBeParsedError([first, ...rest]);
  };
};

/** A reader of bodies. No body at all is read as an empty object, so that one without required fields may be left out. */
export const bodyReader = <T extends TSchema>(schema: T): ((request: FastifyRequest) => Static<T>) => {
  const read = readerOf(schema);
  return (request) => read(request.body ?? {});
};

/** Query values are texts; whole numbers and booleans are read where the schema wants them, and nowhere else. */
const typed = (value: unknown, schema: TSchema): unknown => {
  const { type } = schema as { type?: unknown };
  if (type === 'integer' && typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
};

/** What a query is read as: each parameter by its schema, none of them certain to be there. */
export type Query<P extends ApiParameters> = { [N in keyof P]?: Static<P[N]['schema']> };

/** A reader of queries of parameters that come once. An unknown or repeated parameter is refused by its name. */
export const queryReader = <const P extends ApiParameters>(parameters: P): ((request: FastifyRequest) => Query<P>) => {
  const properties: TProperties = {};
  for (const [name, { schema, required }] of Object.entries(parameters)) {
    properties[name] = required === true ? schema : Type.Optional(schema);
  }
  const read = readerOf(Type.Object(properties, { additionalProperties: false }));
  return (request) => {
    const given = Object.entries(request.query as Record<string, unknown>);
    return read(
      Object.fromEntries(
        given.map(([name, value]) => {
          const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
          return [name, parameter === undefined ? value : typed(value, parameter.schema)];
        }),
      ),
    ) as Query<P>;
  };
};
