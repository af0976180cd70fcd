import { readFileSync } from 'node:fs';
import { adminEndpoints, adminErrors, edgeEndpoints, featureNames } from '@whorl/contract';
import { describe, expect, it } from 'vitest';

const page = (name: string) => readFileSync(new URL(`../../../../../docs/${name}.md`, import.meta.url), 'utf8');
const management = page('management-api');
const workspaces = page('workspaces');

describe('docs/management-api.md', () => {
  it.each(
    [...adminEndpoints, ...edgeEndpoints].map(({ method, path }) => `${method} ${path.replace('/admin/v1', '')}`),
  )('names %s', (endpoint) => {
    expect(management).toContain(`| \`${endpoint}\` |`);
  });

  it.each(Object.values(adminErrors).map(({ status, code, when }) => `| ${status} | \`${code}\` | ${when} |`))(
    'holds the line %s',
    (line) => {
      expect(management).toContain(line);
    },
  );
});

describe('docs/workspaces.md', () => {
  it.each(featureNames)('names the feature %s', (feature) => {
    expect(workspaces).toContain(`\`${feature}\``);
  });
});
