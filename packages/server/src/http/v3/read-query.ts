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

const asList = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Entries that stand for nothing: some clients write their empty values out. */
const isEntry = (value: unknown): boolean => value !== '' && value !== 'null';

type Given = Readonly<Record<string, unknown>>;

/** A reader of one parameter: its values, or undefined when one does not fit. */
const valuesReader = (name: string, { schema, several }: ApiParameter): ((given: Given) => unknown[] | undefined) => {
  const type = 'type' in schema && typeof schema.type === 'string' ? schema.type : 'string';
  const read = READERS[type] ?? ((text: string): unknown => text);
  const check = Compile(schema);
  return (given) => {
    const texts = several === undefined ? asList(given[name]) : asList(given[name]).concat(asList(given[`${name}[]`]));
    const values = (several === undefined ? texts : texts.filter(isEntry)).map((text) =>
      typeof text === 'string' ? read(text) : undefined,
    );
    if (several === undefined && values.length > 1) return undefined;
    return values.every((value) => check.Check(value)) ? values : undefined;
  };
};

/**
 * A reader of queries. What `parameters` do not name is passed over. One that is missing though required, that came twice
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
