import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from './fields-of.ts';

describe('the fields of a schema', () => {
  it('have a path, a kind, and the words that are all they ever are', () => {
    const schema = Type.Object({
      flag: Type.Boolean(),
      score: Type.Optional(Type.Integer()),
      maybe: Type.Union([Type.Number(), Type.Null()]),
      word: Type.Unsafe<'a' | 'b'>({ type: 'string', enum: ['a', 'b'] }),
      source: Type.Literal('edge'),
      either: Type.Union([Type.Literal('x'), Type.Literal('y')]),
      inner: Type.Object({ '5_minutes': Type.Integer() }),
      names: Type.Array(Type.String()),
      sizes: Type.Array(Type.Integer()),
      parts: Type.Array(Type.Object({ code: Type.String(), flag: Type.Boolean() })),
      free: Type.Unsafe<object>({ type: 'object' }),
    });
    expect(Object.fromEntries(fieldsOf(schema))).toEqual({
      flag: { kind: 'boolean' },
      score: { kind: 'number' },
      maybe: { kind: 'number' },
      word: { kind: 'text', oneOf: ['a', 'b'] },
      source: { kind: 'text', oneOf: ['edge'] },
      either: { kind: 'text', oneOf: ['x', 'y'] },
      inner: { kind: 'object' },
      'inner.5_minutes': { kind: 'number' },
      names: { kind: 'texts' },
      sizes: { kind: 'numbers' },
      parts: { kind: 'object' },
      'parts.code': { kind: 'texts' },
      'parts.flag': { kind: 'object' },
      free: { kind: 'object' },
    });
  });
});
