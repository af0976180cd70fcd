import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { closed, oneOf } from './json.ts';
import { schemaFaults } from './schema-faults.ts';

const schema = Compile(
  closed({
    name: Type.String({ maxLength: 3 }),
    size: Type.Optional(oneOf('small', 'large')),
    parts: Type.Optional(Type.Array(closed({ count: Type.Integer({ minimum: 1 }) }))),
  }),
);

describe('schemaFaults', () => {
  it.each([
    [{ name: 'four' }, { field: '/name', kind: 'other', problem: "can't be greater than 3 characters long" }],
    [{}, { field: '/name', kind: 'missing', problem: 'is missing' }],
    [
      { name: 'a', 'b/c~': 1 },
      { field: '/b~1c~0', kind: 'unknown', problem: 'is no field that can be given here' },
    ],
    [
      { name: 'a', size: 'huge' },
      { field: '/size', kind: 'other', problem: 'must be one of small, large' },
    ],
    [
      { name: 'a', parts: [{ count: 0 }] },
      { field: '/parts/0/count', kind: 'other', problem: 'must be >= 1' },
    ],
    [
      { name: 'a', parts: [{}] },
      { field: '/parts/0/count', kind: 'missing', problem: 'is missing' },
    ],
    [[], { field: '', kind: 'other', problem: 'must be object' }],
  ])('tells what is wrong with %j', (value, fault) => {
    expect(schemaFaults(schema.Errors(value))).toEqual([fault]);
  });

  it('tells every fault', () => {
    const faults = schemaFaults(schema.Errors({ size: 'huge', more: 1 }));
    expect(faults.map(({ field }) => field).sort()).toEqual(['/more', '/name', '/size']);
  });
});
