import { defineConfig } from 'vitest/config';

// Sources are tested as written: the `whorl-source` condition resolves our packages to src, not dist.
const resolve = { conditions: ['whorl-source', 'node', 'import', 'default'] };
const ssr = { resolve: { conditions: ['whorl-source', 'node', 'import', 'default'] } };
const env = { TZ: 'UTC' };

export default defineConfig({
  test: {
    // Once for the whole run, whichever of its projects take part.
    globalSetup: './packages/testing/src/setup.ts',
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          env,
        },
      },
      {
        resolve,
        ssr,
        // Browsers are heavy: one file at a time, so that timings of one do not disturb another.
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.test.ts', 'conformance/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          pool: 'forks',
          poolOptions: { forks: { singleFork: true } },
          // After the unit tests, so that those do not disturb the timings either.
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 300_000,
          env,
        },
      },
    ],
  },
});
