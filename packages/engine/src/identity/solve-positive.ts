/**
 * Solves `matrix` x = `right` for a symmetric positive definite matrix by Cholesky's decomposition. Only the lower half of
 * the matrix is read, row by row, and it is overwritten.
 */
export const solvePositive = (matrix: Float64Array, right: Float64Array): Float64Array => {
  const size = right.length;
  const cell = (row: number, column: number): number => matrix[row * size + column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = cell(row, column);
      for (let at = 0; at < column; at++) rest -= cell(row, at) * cell(column, at);
      matrix[row * size + column] = row === column ? Math.sqrt(rest) : rest / cell(column, column);
    }
  }
  const solution = right.slice();
  for (let row = 0; row < size; row++) {
    let rest = solution[row] ?? 0;
    for (let at = 0; at < row; at++) rest -= cell(row, at) * (solution[at] ?? 0);
    solution[row] = rest / cell(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = solution[row] ?? 0;
    for (let at = row + 1; at < size; at++) rest -= cell(at, row) * (solution[at] ?? 0);
    solution[row] = rest / cell(row, row);
  }
  return solution;
};
