import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FingerprintServerApiClient } from '@fingerprint/node-sdk';
import { FingerprintJsServerApiClient } from '@fingerprintjs/fingerprintjs-pro-server-api';
import { REPOSITORY } from '@whorl/testing';
import { describe, expect, it } from 'vitest';
import { clients } from './clients.ts';
import { clientsMarkdown, clientsTable, type Tallies, type Tally, tallyKey } from './clients-table.ts';

/** Methods of an SDK's client that only serve the others. */
const INNER = new Set(['constructor', 'getHeaders', 'getQueryApiKey', 'callApi', 'parseJson', 'parseErrorBody']);

const methodsOf = (client: { prototype: object }): string[] =>
  Object.getOwnPropertyNames(client.prototype).filter((name) => !INNER.has(name));

describe('the list of clients', () => {
  it('has every method of both Node SDKs', () => {
    expect(clients['@fingerprintjs/fingerprintjs-pro-server-api']).toEqual(
      expect.arrayContaining(methodsOf(FingerprintJsServerApiClient)),
    );
    expect(clients['@fingerprint/node-sdk']).toEqual(expect.arrayContaining(methodsOf(FingerprintServerApiClient)));
  });

  it('stands in the documentation with the installed versions', () => {
    const page = readFileSync(join(REPOSITORY, 'docs/clients.md'), 'utf8');
    expect(page).toContain(clientsMarkdown());
  });

  it('is not complete while a method was not used, or failed', () => {
    const all: Tallies = new Map(
      Object.entries(clients).flatMap(([client, methods]) =>
        methods.map((method) => [tallyKey(client, method), { passed: 1, failed: 0 }] as [string, Tally]),
      ),
    );
    expect(clientsTable(all).complete).toBe(true);
    const failed = new Map(all).set(tallyKey('@fingerprint/agent', 'get'), { passed: 3, failed: 1 });
    expect(clientsTable(failed)).toMatchObject({ complete: false, text: expect.stringContaining('FAILED 1 of 4') });
    all.delete(tallyKey('@fingerprint/agent', 'get'));
    expect(clientsTable(all)).toMatchObject({ complete: false, text: expect.stringContaining('NOT RUN') });
  });
});
