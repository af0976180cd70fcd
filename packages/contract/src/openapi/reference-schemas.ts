import type { TSchema } from 'typebox';
import type { Json, JsonObject } from '../json.ts';

/** Schemas of a document by the names that they have there. */
export type NamedSchemas = Readonly<Record<string, TSchema>>;

const isSchema = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a schema is as JSON: TypeBox keeps its own notes in properties that JSON does not see. */
const asJson = (schema: TSchema): JsonObject => JSON.parse(JSON.stringify(schema)) as JsonObject;

/** What two schemas have in common when they are one: where it stands, a schema may be described in other words. */
const likeness = ({ description, ...rest }: JsonObject): string => JSON.stringify(rest);

/**
 * Writes schemas for a document that has some of them by name: wherever one of these stands, also within another, a
 * reference stands in its place, with its own description if it has another. Equal schemas are one: TypeBox copies a
 * schema that is made optional.
 */
export class SchemaWriter {
  readonly #names: ReadonlyMap<string, string>;
  readonly #named: NamedSchemas;

  constructor(named: NamedSchemas) {
    this.#named = named;
    this.#names = new Map(Object.entries(named).map(([name, schema]) => [likeness(asJson(schema)), name]));
  }

  /** A schema as it stands in a request or an answer. */
  write(schema: TSchema): JsonObject {
    return this.#replaced(asJson(schema)) as JsonObject;
  }

  /** The schemas that have names, as `components.schemas` holds them. */
  components(): JsonObject {
    return Object.fromEntries(
      Object.entries(this.#named).map(([name, schema]) => [name, this.#inside(asJson(schema))]),
    );
  }

  #replaced(value: Json): Json {
    const name = isSchema(value) ? this.#names.get(likeness(value)) : undefined;
    return name === undefined || !isSchema(value) ? this.#inside(value) : this.#reference(name, value);
  }

  #reference(name: string, { description = null }: JsonObject): JsonObject {
    const own = asJson(this.#named[name] ?? {}).description ?? null;
    const reference = { $ref: `#/components/schemas/${name}` };
    return description === null || description === own ? reference : { ...reference, description };
  }

  #inside(value: Json): Json {
    if (Array.isArray(value)) return value.map((each) => this.#replaced(each));
    if (!isSchema(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#replaced(each)]));
  }
}
