import type { ApiParameter, ApiParameters } from '@whorl/contract';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';

/** What a parameter is read as. */
type Read<P extends ApiParameter> = P extends { several: string } ? Static<P['schema']>[] : Static<P['schema']>;

type RequiredOf<P extends ApiParameters> = { [N in keyof P]: P[N] extends { required: true } ? N : never }[keyof P];

/** What a query is read as: a parameter that did not come is missing. */
export type Query<P extends ApiParameters> = { -readonly [N in RequiredOf<P>]: Read<P[N]> } & {
  -readonly [N in Exclude<keyof P, RequiredOf<P>>]?: Read<P[N]>;
};

/** Values of a query are texts. Those of another type are read in one spelling each, that of JSON. */
const READERS: Record<string, (text: string) => unknown> = {
  integer: (text) => (/^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : undefined),
  number: (text) => (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

/** The types that a schema allows. */
const typesOf = (schema: object): string[] => {
  if ('anyOf' in schema && Array.isArray(schema.anyOf)) return schema.anyOf.flatMap(typesOf);
  return 'type' in schema && typeof schema.type === 'string' ? [schema.type] : ['string'];
};

const asList = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** What a text may stand for, by the types that the schema allows. */
export const readingsOf = (schema: object, text: string): unknown[] =>
  typesOf(schema)
    .map((type) => (READERS[type] === undefined ? text : READERS[type](text)))
    .filter((value) => value !== undefined);

/** Entries that stand for something: some clients write the missing ones of a list out. */
const isEntry = (value: unknown): boolean => value !== 'null';

type Given = Readonly<Record<string, unknown>>;

/** The texts that came for a parameter. */
const textsReader = (name: string, several: ApiParameter['several']): ((given: Given) => unknown[]) =>
  several === 'brackets'
    ? (given) => [...asList(given[name]), ...asList(given[`${name}[]`])].filter(isEntry)
    : (given) => asList(given[name]);

/** Whether a parameter is a text, a word of a list, or an id: whatever has an empty value that can mean nothing but "none". */
const isText = (schema: object): boolean => typesOf(schema).every((type) => type === 'string');

/** A reader of one parameter: its values, or undefined when one does not fit. */
const valuesReader = (name: string, { schema, several }: ApiParameter): ((given: Given) => unknown[] | undefined) => {
  const textsOf = textsReader(name, several);
  const check = Compile(schema);
  const counts = isText(schema) ? (text: unknown) => text !== '' : () => true;
  const read = (text: unknown): unknown =>
    typeof text === 'string' ? readingsOf(schema, text).find((value) => check.Check(value)) : undefined;
  return (given) => {
    const texts = textsOf(given);
    if (several === undefined && texts.length > 1) return undefined;
    const values = texts.filter(counts).map(read);
    return values.includes(undefined) ? undefined : values;
  };
};

/**
 * A reader of queries. What `parameters` do not name is passed over, and an empty text is one that was not given: clients
 * write their empty variables out, as that of a first page's key. One that is missing though required, that came twice
 * though it is single, or whose value does not fit its schema, is handed to `refuse`, the first in their order.
 */
export const queryReader = <const P extends ApiParameters>(
  parameters: P,
  refuse: (name: keyof P & string) => Error,
): ((query: unknown) => Query<P>) => {
  const readers = Object.entries(parameters).map(([name, parameter]) => ({
    name,
    parameter,
    valuesOf: valuesReader(name, parameter),
  }));
  return (query) => {
    const read: Record<string, unknown> = {};
    for (const { name, parameter, valuesOf } of readers) {
      const values = valuesOf(query as Given);
      if (values === undefined || (parameter.required === true && values.length === 0)) throw refuse(name);
      if (values.length > 0) read[name] = parameter.several === undefined ? values[0] : values;
    }
    // Each value was checked by the schema that its type is made of.
    return read as Query<P>;
  };
};
