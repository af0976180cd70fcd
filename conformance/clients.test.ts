import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v4Sdk from '@fingerprint/node-sdk';
import * as v3Sdk from '@fingerprintjs/fingerprintjs-pro-server-api';
import { REPOSITORY } from '@whorl/testing';
import { describe, expect, it } from 'vitest';
import { clients, otherwisePublished } from './clients.ts';
import { clientsMarkdown, clientsTable, type Tallies, type Tally, tallyKey } from './clients-table.ts';
import { notingUse } from './note-use.ts';

/** All that an SDK publishes, and the methods of its client. */
const publishedBy = (sdk: object, client: { prototype: object }): string[] => [
  ...Object.keys(sdk),
  ...Object.getOwnPropertyNames(client.prototype).filter((name) => name !== 'constructor'),
];

const published = {
  '@fingerprintjs/fingerprintjs-pro-server-api': publishedBy(v3Sdk, v3Sdk.FingerprintJsServerApiClient),
  '@fingerprint/node-sdk': publishedBy(v4Sdk, v4Sdk.FingerprintServerApiClient),
};

describe('the list of clients', () => {
  it.each(['@fingerprintjs/fingerprintjs-pro-server-api', '@fingerprint/node-sdk'] as const)(
    'has everything that %s publishes, or a reason why not',
    (sdk) => {
      const words: readonly string[] = clients[sdk].filter((method) => method.includes('.'));
      const listed = [
        ...clients[sdk].filter((method) => !words.includes(method)),
        ...Object.keys(otherwisePublished[sdk]),
      ];
      expect(listed.toSorted()).toEqual(published[sdk].toSorted());
      for (const word of words) {
        const [name = '', member = ''] = word.split('.');
        expect(v3Sdk).toHaveProperty([name, member]);
      }
    },
  );

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

describe('the use of a client', () => {
  const SDK = '@fingerprintjs/fingerprintjs-pro-server-api';
  const client = notingUse(SDK, {
    word: 'as it is',
    getVisits(limit: number) {
      return `${this.word} ${limit}`;
    },
    getVisitorHistory(limit: number) {
      return this.getVisits(limit);
    },
    getHeaders: () => ({}),
  });

  it('is noted of the methods that a test calls itself, once each', ({ task }) => {
    expect(client.getVisitorHistory(2)).toBe('as it is 2');
    expect(client.getVisitorHistory(3)).toBe('as it is 3');
    expect(client.getHeaders()).toEqual({});
    expect(task.meta.used).toEqual([{ client: SDK, method: 'getVisitorHistory' }]);
    // What was called here is no client and must not count.
    delete task.meta.used;
  });

  it('is not noted of a test that calls none', ({ task }) => {
    expect(client.word).toBe('as it is');
    expect(task.meta.used).toBeUndefined();
  });
});
