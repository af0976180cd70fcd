import { nameProblems } from './admin/fields.ts';

/** What TypeBox says of one departure from a schema. */
export type SchemaError = { keyword: string; instancePath: string; message: string; params: object };

/** One departure of a value from a schema. */
export type SchemaFault = {
  /** The field as a JSON pointer (RFC 6901); empty for the whole value. */
  field: string;
  kind: 'unknown' | 'missing' | 'other';
  /** What is wrong, to be read after the field's name. */
  problem: string;
};

/** Errors that only sum up what others have said already. */
const SUMMARIES = new Set(['boolean', 'anyOf', 'oneOf', 'allOf', 'not', 'if']);

const child = (path: string, name: unknown): string =>
  `${path}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

const faultsOf = ({ keyword, instancePath: field, message, params }: SchemaError): SchemaFault[] => {
  if (SUMMARIES.has(keyword)) return [];
  if ('additionalProperties' in params && Array.isArray(params.additionalProperties)) {
    const problem = 'is no field that can be given here';
    return params.additionalProperties.map((name) => ({ field: child(field, name), kind: 'unknown', problem }));
  }
  if ('requiredProperties' in params && Array.isArray(params.requiredProperties)) {
    const problem = 'is missing';
    return params.requiredProperties.map((name) => ({ field: child(field, name), kind: 'missing', problem }));
  }
  if ('allowedValues' in params && Array.isArray(params.allowedValues)) {
    return [{ field, kind: 'other', problem: `must be one of ${params.allowedValues.join(', ')}` }];
  }
  if (keyword === 'maxLength' && 'limit' in params) {
    return [{ field, kind: 'other', problem: `can't be greater than ${String(params.limit)} characters long` }];
  }
  const plain = 'pattern' in params ? nameProblems.get(String(params.pattern)) : undefined;
  return [{ field, kind: 'other', problem: plain ?? message }];
};

/** What is wrong with a value, in the order in which the schema's check found it. A field may have several faults. */
export const schemaFaults = (errors: readonly SchemaError[]): SchemaFault[] => errors.flatMap(faultsOf);
