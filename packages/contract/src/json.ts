import Type, { type Static } from 'typebox';

/** Anything that survives JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Schema of {@link Json}: JSON parsing has already checked it, so any value will do. */
export const JsonValue = Type.Unsafe<Json>({});

/** Schema of {@link JsonObject}. */
export const JsonObjectValue = Type.Unsafe<JsonObject>({ type: 'object' });

/** An object with exactly these properties. */
export const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** One of some words. */
export const oneOf = <const W extends readonly string[]>(...words: W) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: words });

export type { Static };
