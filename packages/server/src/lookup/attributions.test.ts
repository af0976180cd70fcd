import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attributions } from './attributions.ts';

const page = readFileSync(new URL('../../../../docs/network-data.md', import.meta.url), 'utf8');

describe('attributions', () => {
  it.each(attributions)('credits $name in docs/network-data.md with its link', ({ url }) => {
    expect(page).toContain(`(${url})`);
  });
});
