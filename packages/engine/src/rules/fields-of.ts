/**
 * What conditions can do with a field. `texts` and `numbers` are lists; `free` is what the customer put there and may be
 * anything; `object` holds further fields and can only be there or not.
 */
export type RuleFieldKind = 'boolean' | 'number' | 'text' | 'address' | 'texts' | 'numbers' | 'object' | 'free';

/** A field that conditions can name. `oneOf`: the only texts that it ever has. */
export type RuleField = { kind: RuleFieldKind; oneOf?: readonly string[] };

/** As much of a JSON Schema as is looked at here. */
type Schema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
};

type Entry = readonly [path: string, field: RuleField];

const areTexts = (values: unknown[]): values is string[] => values.every((each) => typeof each === 'string');

/** The texts that are all a schema allows, or undefined when it allows any. */
const textsOf = ({ const: only, enum: words, anyOf }: Schema): string[] | undefined => {
  const values = only === undefined ? (words ?? anyOf?.map((each) => each.const)) : [only];
  return values !== undefined && areTexts(values) ? values : undefined;
};

const listKind = (items: Schema): RuleFieldKind => {
  if (items.type === 'string') return 'texts';
  return items.type === 'number' || items.type === 'integer' ? 'numbers' : 'object';
};

const isObject = ({ type, properties }: Schema): boolean => type === 'object' || properties !== undefined;

/** Fields behind a list of objects are lists of their own: the values of all its elements. */
const asLists = ([path, { kind }]: Entry): Entry =>
  [path, { kind: kind === 'text' ? 'texts' : kind === 'number' ? 'numbers' : 'object' }] as const;

const fieldsAt = (path: string, schema: Schema): Entry[] => {
  const oneOf = textsOf(schema);
  if (oneOf !== undefined) return [[path, { kind: 'text', oneOf }]];
  if (schema.anyOf !== undefined) {
    // A field that may be null is one that may be absent.
    const [present] = schema.anyOf.filter(({ type }) => type !== 'null');
    return present === undefined ? [] : fieldsAt(path, present);
  }
  if (isObject(schema)) return [[path, { kind: 'object' }], ...fieldsIn(`${path}.`, schema)];
  if (schema.type === 'array' && schema.items !== undefined) {
    const inner = isObject(schema.items) ? fieldsIn(`${path}.`, schema.items) : [];
    return [[path, { kind: listKind(schema.items) }], ...inner.map(asLists)];
  }
  if (schema.type === 'boolean') return [[path, { kind: 'boolean' }]];
  if (schema.type === 'number' || schema.type === 'integer') return [[path, { kind: 'number' }]];
  return schema.type === 'string' ? [[path, { kind: 'text' }]] : [];
};

const fieldsIn = (prefix: string, { properties = {} }: Schema): Entry[] =>
  Object.entries(properties).flatMap(([name, schema]) => fieldsAt(`${prefix}${name}`, schema));

/** Every field of the objects that a JSON Schema describes, by its path with dots. */
export const fieldsOf = (schema: object): ReadonlyMap<string, RuleField> => new Map(fieldsIn('', schema as Schema));
