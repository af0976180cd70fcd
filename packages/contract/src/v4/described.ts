import type { TSchema } from 'typebox';

/** A schema with words on what it holds, for the documents that are made of it. */
export const described = <S extends TSchema>(description: string, schema: S): S => ({ ...schema, description });
