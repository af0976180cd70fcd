import { OBSERVATION_LIMITS } from '@whorl/contract';
import type { Static, TSchema } from 'typebox';
import { Check, Clean, Errors } from 'typebox/value';
import { isWellFormed } from '../ingest/is-well-formed.ts';
import { ImportFault } from './exported-event.ts';

/** The last time that RFC 3339 can write, in the year 9999, unix milliseconds: v3 shows times in this form. */
const LAST_TIME = Date.UTC(10_000, 0) - 1;

/** Most characters of a text. No text of a visit is longer than the address of its page may be. */
const LONGEST = OBSERVATION_LIMITS.urlLength;

/** So much of a word that is not known is told. */
const SHOWN = 32;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads values out of JSON of another program. What is missing or null is undefined; what has the wrong type is a fault
 * that names the place.
 */
export class JsonReader {
  readonly #value: unknown;
  readonly #path: string;

  constructor(value: unknown, path = '') {
    this.#value = value ?? undefined;
    this.#path = path;
  }

  /** The reader of a member, by its name or by the names on the way to it. */
  at(...names: string[]): JsonReader {
    return names.reduce<JsonReader>((reader, name) => reader.#member(name), this);
  }

  get exists(): boolean {
    return this.#value !== undefined;
  }

  get raw(): unknown {
    return this.#value;
  }

  text(): string | undefined {
    const text = this.#typed('a text', (value): value is string => typeof value === 'string');
    if (text === undefined) return undefined;
    if (text.length > LONGEST) throw new ImportFault(`${this.#path} has more than ${LONGEST} characters`);
    if (!isWellFormed(text)) throw new ImportFault(`${this.#path} is not well-formed Unicode`);
    return text;
  }

  number(): number | undefined {
    return this.#typed('a number', (value): value is number => typeof value === 'number');
  }

  /** A whole number that is not negative. */
  count(): number | undefined {
    return this.#typed('a count', (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0);
  }

  flag(): boolean | undefined {
    return this.#typed('true or false', (value): value is boolean => typeof value === 'boolean');
  }

  object(): Record<string, unknown> | undefined {
    return this.#typed('an object', isObject);
  }

  list(): JsonReader[] | undefined {
    const list = this.#typed('a list', (value): value is unknown[] => Array.isArray(value));
    return list?.map((value, at) => new JsonReader(value, `${this.#path}[${at}]`));
  }

  /** A value of this form, without properties that the form does not have: these are taken out of the JSON. */
  as<S extends TSchema>(schema: S): Static<S> | undefined {
    if (this.#value === undefined) return undefined;
    const value = Clean(schema, this.#value);
    if (Check(schema, value)) return value;
    const [fault] = Errors(schema, value);
    const place = `${this.#path}${(fault?.instancePath ?? '').replaceAll('/', '.')}`;
    throw new ImportFault(
      typeof value === 'string'
        ? `${place} is ${JSON.stringify(value.slice(0, SHOWN))}, which is not known here`
        : `${place} ${fault?.message ?? 'does not have the form that is known here'}`,
    );
  }

  /** A time: ISO 8601 text, or unix milliseconds. */
  time(): number | undefined {
    if (this.#value === undefined) return undefined;
    const time = typeof this.#value === 'string' ? Date.parse(this.#value) : this.#value;
    if (typeof time === 'number' && Number.isInteger(time) && time >= 0 && time <= LAST_TIME) return time;
    throw new ImportFault(`${this.#path} is not a time`);
  }

  /** The value of a reader's method, or a fault when it is missing. */
  required<T>(read: (reader: JsonReader) => T | undefined): T {
    const value = read(this);
    if (value === undefined) throw new ImportFault(`${this.#path} is missing`);
    return value;
  }

  #member(name: string): JsonReader {
    const path = this.#path === '' ? name : `${this.#path}.${name}`;
    if (this.#value === undefined) return new JsonReader(undefined, path);
    const members = this.object();
    return new JsonReader(members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined, path);
  }

  #typed<T>(what: string, is: (value: unknown) => value is T): T | undefined {
    if (this.#value === undefined) return undefined;
    if (is(this.#value)) return this.#value;
    throw new ImportFault(`${this.#path || 'the event'} is not ${what}`);
  }
}
