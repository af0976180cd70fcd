import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Sources are tested as written: the `whorl-source` condition resolves our packages to src, not dist.
const resolve = { conditions: ['whorl-source', 'node', 'import', 'default'] };
const ssr = { resolve: { conditions: ['whorl-source', 'node', 'import', 'default'] } };
const env = { TZ: 'UTC' };
/** Milliseconds for tests that start servers and browsers. */
const slow = { testTimeout: 90_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    // Once for the whole run, whichever of its projects take part.
    globalSetup: './packages/testing/src/setup.ts',
    // Two on a machine of two cores, where the default is one.
    minWorkers: 1,
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          // For what hangs: what two cores do slowly beside another file is not wrong.
          testTimeout: 20_000,
          hookTimeout: 30_000,
          env,
        },
      },
      {
        resolve,
        ssr,
        // What the server does is looked at here; browsers only bring it something to answer about.
        test: {
          name: 'conformance',
          include: ['conformance/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          pool: 'forks',
          sequence: { groupOrder: 1 },
          ...slow,
          env,
        },
      },
      {
        resolve,
        ssr,
        // What browsers do is looked at here, one file at a time and after all else: timings of one disturb another.
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.test.ts', 'conformance/**/*.browser.test.ts'],
          exclude: ['**/node_modules/**'],
          pool: 'forks',
          poolOptions: { forks: { singleFork: true } },
          sequence: { groupOrder: 2 },
          ...slow,
          env,
        },
      },
    ],
  },
});
