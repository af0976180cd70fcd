import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@whorl/testing';
import { expect, it } from 'vitest';

it("docs/testing.md's table tells of every file of tests, once", () => {
  const page = readFileSync(join(REPOSITORY, 'docs/testing.md'), 'utf8');
  const section = page.split('### The conformance tests')[1]?.split('\n#')[0] ?? '';
  const rows = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, files = '']) => files);
  const listed = rows.flatMap((files) => [...files.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const files = readdirSync(join(REPOSITORY, 'conformance')).filter((file) => file.endsWith('.test.ts'));
  expect(listed.sort()).toEqual(files.map((file) => file.replace(/(?:\.browser)?\.test\.ts$/, '')).sort());
});
