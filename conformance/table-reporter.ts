import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { clientsTable, type Tallies, tallyKey } from './clients-table.ts';

const count = (tallies: Tallies, test: TestCase): void => {
  const { state } = test.result();
  if (state !== 'passed' && state !== 'failed') return;
  for (const { client, method } of test.meta().used ?? []) {
    const key = tallyKey(client, method);
    const tally = tallies.get(key) ?? { passed: 0, failed: 0 };
    tally[state]++;
    tallies.set(key, tally);
  }
};

/** Prints which method of which official client was used, after all tests. A method that no test used fails the run. */
class TableReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const tallies: Tallies = new Map();
    for (const module of modules) for (const test of module.children.allTests()) count(tallies, test);
    const { text, complete } = clientsTable(tallies);
    process.stdout.write(`\n${text}\n\n`);
    if (complete) return;
    process.stdout.write('Not every method of every client was used with success.\n');
    process.exitCode = 1;
  }
}

// Vitest takes a reporter of a file by its default export.
// biome-ignore lint/style/noDefaultExport: see above
export default TableReporter;
