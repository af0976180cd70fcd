import type { ListSource } from '../list-source.ts';

/** A list of Tor exits, one network a line, with whatever a test has otherwise. */
export const sampleSource = (changes: Partial<ListSource> = {}): ListSource => ({
  name: 'sample',
  kind: 'tor',
  format: 'networks',
  url: 'http://127.0.0.1:9/list',
  every: 3_600_000,
  minimumRows: 2,
  mayRest: null,
  licence: 'CC0-1.0',
  page: 'http://127.0.0.1:9/',
  ...changes,
});
