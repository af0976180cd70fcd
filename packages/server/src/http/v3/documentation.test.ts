import { readFileSync } from 'node:fs';
import { v3Errors, v3PlainErrors, v3RelatedQuery, v3SearchQuery, v3VisitsQuery } from '@whorl/contract';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../../../../docs/server-api.md', import.meta.url), 'utf8');

describe('docs/server-api.md', () => {
  it.each([...Object.keys(v3SearchQuery), ...Object.keys(v3VisitsQuery), ...Object.keys(v3RelatedQuery)])(
    'describes the parameter %s',
    (name) => {
      expect(page).toContain(`\`${name}\``);
    },
  );

  it.each(Object.values(v3Errors))('describes $code: $message', ({ status, code, message }) => {
    expect(page).toContain(`| ${status} | \`${code}\` |`);
    expect(page).toContain(message);
  });

  it.each(Object.values(v3PlainErrors))('describes the plain error $message', ({ status, message }) => {
    expect(page.replaceAll('\n', ' ')).toContain(`${status} \`${message}\``);
  });
});
