/** As much of a JSON Schema as is compared here. */
type Schema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
};

/** What a schema says of one field: its types, the values that are all it allows, and whether it is always there. */
export type Field = { types: Set<string>; values: Set<string> | null; required: boolean };

type Fields = Map<string, Field>;

/** Schemas that others refer to, by the last part of the reference. */
export type Definitions = Record<string, object>;

/** Far deeper than any answer: beyond it a schema must hold itself. */
const DEEPEST = 30;

/** The only values that a schema allows; undefined where it names none. */
const wordsOf = ({ const: only, enum: words }: Schema): unknown[] | undefined =>
  words ?? (only === undefined ? undefined : [only]);

const typesOf = (schema: Schema): string[] => {
  const types = schema.type ?? wordsOf(schema)?.map((word) => (word === null ? 'null' : typeof word));
  if (types === undefined) return [schema.properties === undefined ? 'any' : 'object'];
  // TypeScript knows no whole numbers.
  return [types].flat().map((type) => (type === 'integer' ? 'number' : type));
};

const fieldOf = (schema: Schema, required: boolean): Field => {
  const words = wordsOf(schema)?.map((word) => JSON.stringify(word));
  return { types: new Set(typesOf(schema)), values: words === undefined ? null : new Set(words), required };
};

/** A field that may have several forms has the types and values of all of them. */
const merged = (one: Field | undefined, other: Field): Field =>
  one === undefined
    ? other
    : {
        types: new Set([...one.types, ...other.types]),
        values: one.values === null || other.values === null ? null : new Set([...one.values, ...other.values]),
        required: one.required && other.required,
      };

/** Every field that a schema allows, by its path; `[]` is an element of a list. */
export const schemaFields = (root: object, definitions: Definitions): Fields => {
  const fields: Fields = new Map();
  const follow = (reference: string): Schema => {
    const found = definitions[decodeURIComponent(reference.split('/').at(-1) ?? '')];
    if (found === undefined) throw new Error(`${reference} leads nowhere`);
    return found;
  };
  const walk = (schema: Schema, path: string, required: boolean, depth = 0): void => {
    if (depth > DEEPEST) throw new Error(`${path} goes round in circles`);
    const { $ref, anyOf = [], oneOf = [], allOf = [], properties = {}, items } = schema;
    if ($ref !== undefined) {
      walk(follow($ref), path, required, depth + 1);
      return;
    }
    const forms = [...anyOf, ...oneOf, ...allOf];
    for (const form of forms) walk(form, path, required, depth + 1);
    if (forms.length === 0 || schema.properties !== undefined) {
      fields.set(path, merged(fields.get(path), fieldOf(schema, required)));
    }
    for (const [name, member] of Object.entries(properties)) {
      walk(member, `${path}.${name}`, schema.required?.includes(name) ?? false, depth + 1);
    }
    if (items !== undefined) walk(items, `${path}[]`, true, depth + 1);
  };
  walk(root, '', true);
  return fields;
};

const listed = (set: Iterable<string>): string => [...set].sort().join(', ');

const without = (set: Set<string>, other: Set<string>): string[] => [...set].filter((each) => !other.has(each));

const setDifference = (theirs: Set<string>, ours: Set<string>): string[] => {
  const [lacks, adds] = [without(theirs, ours), without(ours, theirs)];
  return [
    ...(lacks.length === 0 ? [] : [`lacks ${listed(lacks)}`]),
    ...(adds.length === 0 ? [] : [`adds ${listed(adds)}`]),
  ];
};

const valueDifference = (theirs: Field, ours: Field): string[] => {
  if (theirs.values !== null && ours.values !== null) return setDifference(theirs.values, ours.values);
  const types = setDifference(theirs.types, ours.types);
  if (types.length > 0 || theirs.values === ours.values) return types;
  return [ours.values === null ? 'may be anything' : 'is one of a list'];
};

const fieldDifference = (theirs: Field | undefined, ours: Field | undefined): string[] => {
  if (ours === undefined) return ['is missing'];
  if (theirs === undefined) return ['is added'];
  // What is always there, though it may be left out by the other, is a promise kept.
  return [...valueDifference(theirs, ours), ...(theirs.required && !ours.required ? ['may be left out'] : [])];
};

/** The path of the field that a field is in; that of the whole, which is empty, is its own. */
export const parentOf = (path: string): string => path.replace(/(?:\.[^.[]+|\[\])$/, '');

/**
 * Where our fields differ from theirs, a line each: `<path> <how>`. Of a field that is missing or added, the fields inside
 * are not told of again.
 */
export const schemaDifferences = (theirs: Fields, ours: Fields): string[] =>
  [...new Set([...theirs.keys(), ...ours.keys()])].sort().flatMap((path) => {
    const parent = parentOf(path);
    if (path !== '' && theirs.has(parent) !== ours.has(parent)) return [];
    return fieldDifference(theirs.get(path), ours.get(path)).map((difference) => `${path} ${difference}`);
  });
