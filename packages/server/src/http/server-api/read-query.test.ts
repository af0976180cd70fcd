import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { queryReader } from './read-query.ts';

const read = queryReader(
  {
    limit: { schema: Type.Integer({ minimum: 1 }), description: '', required: true },
    share: { schema: Type.Number(), description: '' },
    only: { schema: Type.Boolean(), description: '' },
    moment: { schema: Type.Union([Type.String({ pattern: '^now' }), Type.Integer()]), description: '' },
    tags: { schema: Type.String({ pattern: '^[a-z]*$' }), description: '', several: 'brackets' },
    names: { schema: Type.String(), description: '', several: 'repeated' },
    word: { schema: Type.Union([Type.Literal('yes'), Type.Literal('no')]), description: '' },
  },
  (name) => new Error(name),
);

describe('queryReader', () => {
  it('reads each parameter as what its schema says, and passes over others', () => {
    const query = { limit: '7', share: '-1.5e3', only: 'false', moment: '12', whatever: 'x' };
    expect(read(query)).toEqual({ limit: 7, share: -1500, only: false, moment: 12 });
    expect(read({ limit: '1', moment: 'now' })).toEqual({ limit: 1, moment: 'now' });
  });

  it('reads lists that are repeated, and where that is allowed those in brackets without their empty entries', () => {
    expect(read({ limit: '1', tags: 'a', names: 'a' })).toEqual({ limit: 1, tags: ['a'], names: ['a'] });
    expect(read({ limit: '1', tags: ['a', '', 'b'], 'tags[]': ['c', 'null'], 'names[]': 'a' })).toEqual({
      limit: 1,
      tags: ['a', 'b', 'c'],
    });
    expect(read({ limit: '1', tags: '' })).toEqual({ limit: 1 });
  });

  it('takes an empty text for one that was not given, and for nothing else', () => {
    expect(read({ limit: '1', word: '', names: '' })).toEqual({ limit: 1 });
    expect(read({ limit: '1', names: ['a', '', 'b'] })).toEqual({ limit: 1, names: ['a', 'b'] });
  });

  it.each([
    ['limit', {}],
    ['limit', { limit: '' }],
    ['limit', { limit: '0' }],
    ['limit', { limit: '07' }],
    ['limit', { limit: '1.0' }],
    ['limit', { limit: ['1', '1'] }],
    ['limit', { limit: 'x', only: 'x' }],
    ['share', { limit: '1', share: '0x10' }],
    ['share', { limit: '1', share: '1e999' }],
    ['only', { limit: '1', only: 'TRUE' }],
    ['moment', { limit: '1', moment: '1.5' }],
    ['tags', { limit: '1', tags: ['a', 'B'] }],
    ['share', { limit: '1', share: '' }],
    ['only', { limit: '1', only: '' }],
    ['moment', { limit: '1', moment: '' }],
    ['word', { limit: '1', word: ['', ''] }],
    ['word', { limit: '1', word: ['', 'yes'] }],
    ['word', { limit: '1', word: 'maybe' }],
  ])('refuses a wrong %s in %j', (name, query) => expect(() => read(query)).toThrow(name));

  it('is not led astray by names that every object has', () => {
    expect(read({ limit: '1', __proto__: '1', toString: '1', constructor: '1' })).toEqual({ limit: 1 });
  });
});
