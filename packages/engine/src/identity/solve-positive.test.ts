import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solvePositive } from './solve-positive.ts';

const SIZE = 4;
const numbers = (count: number) =>
  fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: count, maxLength: count });

describe('solvePositive', () => {
  it('solves what it is given', () => {
    fc.assert(
      fc.property(numbers(SIZE * SIZE), numbers(SIZE), (root, wanted) => {
        // A matrix times its own transpose, with something on the diagonal, is positive definite.
        const matrix = Float64Array.from({ length: SIZE * SIZE }, (_, cell) => {
          const [row, column] = [Math.floor(cell / SIZE), cell % SIZE];
          let sum = row === column ? 1 : 0;
          for (let at = 0; at < SIZE; at++) sum += (root[row * SIZE + at] ?? 0) * (root[column * SIZE + at] ?? 0);
          return sum;
        });
        const right = Float64Array.from({ length: SIZE }, (_, row) =>
          wanted.reduce((sum, value, column) => sum + value * (matrix[row * SIZE + column] ?? 0), 0),
        );
        const solution = solvePositive(matrix, right);
        wanted.forEach((value, at) => {
          expect(solution[at]).toBeCloseTo(value, 6);
        });
      }),
    );
  });
});
