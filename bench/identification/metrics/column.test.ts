import { expect, it } from 'vitest';
import { Column } from './column.ts';

it('keeps more numbers than it was made for', () => {
  const column = new Column(Int32Array);
  for (let value = 5000; value > 0; value--) column.push(value);
  expect(column.length).toBe(5000);
  expect(column.at(0)).toBe(5000);
  expect(column.at(4999)).toBe(1);
  expect([...column.sorted(4997, 5000)]).toEqual([1, 2, 3]);
  expect(() => column.at(5000)).toThrow(RangeError);
});
