import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Rule = { name: string; from: { path?: string; pathNot?: string }; to: { pathNot?: string[] } };

const here = fileURLToPath(new URL('.', import.meta.url));
const { forbidden } = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs') as { forbidden: Rule[] };
const rule = forbidden.find(({ name }) => name === 'mobile-needs-no-library');

/** Whether the rule lets the client import what lies there. */
const allows = (place: string): boolean => (rule?.to.pathNot ?? []).some((path) => new RegExp(path).test(place));

const sources = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing\//.test(file),
);

describe('the client', () => {
  it('imports its own files and types of the contract, and no library', () => {
    expect(sources.length).toBeGreaterThan(20);
    const imported = sources.flatMap((file) =>
      [...readFileSync(here + file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
        ([, name = '']) => name,
      ),
    );
    expect(imported).toContain('@whorl/contract');
    expect(imported.filter((name) => !name.startsWith('.') && name !== '@whorl/contract')).toEqual([]);
  });

  it('is held to it by a rule that knows a package by where it lies', () => {
    expect(new RegExp(rule?.from.path ?? '^$').test('packages/mobile/src/client.ts')).toBe(true);
    for (const own of ['packages/mobile/src/errors.ts', 'packages/contract/src/index.ts'])
      expect(allows(own)).toBe(true);
    for (const foreign of [
      'node_modules/react-native/index.js',
      'packages/mobile/node_modules/react-native/index.js',
      'packages/server/node_modules/fastify/fastify.js',
      'not-installed',
      'fs',
    ]) {
      expect(allows(foreign), foreign).toBe(false);
    }
  });
});
