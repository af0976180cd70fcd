import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { usePostgres } from '../packages/server/src/storage/postgres/testing/use-postgres.ts';
import { openWithoutSync } from '../packages/server/src/storage/sqlite/testing/open-without-sync.ts';
import { NOON } from '../packages/server/src/storage/testing/sample-event.ts';
import { draftOf, searchOf } from './random-search.ts';
import { type ApiVersion, apiVersions } from './searched-api.ts';
import { type SearchedServer, startSearchedServer } from './searched-server.ts';
import { type Search, type Walk, walkPages } from './walk-pages.ts';

const LOADING_MS = 600_000;
const SEARCHING_MS = 600_000;

/** Searches drawn at random, each read to its end while events arrive. */
const walks = async (version: ApiVersion, searched: SearchedServer, numRuns: number): Promise<Walk[]> => {
  const walked: Walk[] = [];
  const property = fc.asyncProperty(draftOf(version), async (draft) => {
    walked.push(await walkPages(searched, searchOf(version, searched, draft)));
  });
  // Events that arrived stay, so that a search that failed is best looked at as it is.
  await fc.assert(property, { numRuns, endOnFailure: true });
  return walked;
};

/** That the searches were worth their while: some found much, few found nothing, and events did arrive in their way. */
const expectTelling = (walked: Walk[], runs: number): void => {
  expect(walked).toHaveLength(runs);
  const share = (isOne: (walk: Walk) => boolean) => walked.filter(isOne).length / runs;
  expect(share(({ found }) => found > 0)).toBeGreaterThan(0.5);
  expect(share(({ pages }) => pages > 1)).toBeGreaterThan(0.2);
  expect(share(({ arrived }) => arrived > 0)).toBeGreaterThan(0.1);
};

/** Time stands still but for what the tests let pass, so that it is known which events "the last seven days" are. */
const searching = (
  count: number,
  optionsOf: () => Promise<Parameters<typeof startSearchedServer>[2]>,
): (() => SearchedServer) => {
  let searched: SearchedServer | undefined;
  beforeAll(async () => {
    const options = await optionsOf();
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    searched = await startSearchedServer(count, NOON, options);
  }, LOADING_MS);
  afterAll(async () => {
    await searched?.server.close();
    vi.useRealTimers();
  });
  return () => {
    if (searched === undefined) throw new Error('the server has not started');
    return searched;
  };
};

describe('search over 100,000 events', () => {
  const searched = searching(100_000, async () => ({ open: openWithoutSync }));

  it.each(apiVersions)(
    '%s finds exactly what a plain filter finds, page by page while events arrive',
    async (version) => {
      expectTelling(await walks(version, searched(), 150), 150);
    },
    SEARCHING_MS,
  );

  it.each(apiVersions)(
    '%s leads through thousands of events, in both directions',
    async (version) => {
      for (const reverse of [false, true]) {
        const search: Search = {
          version,
          filters: { proxy: 'true', sdk_platform: 'js' },
          key: searched().keys[1] ?? { text: '', environmentId: undefined },
          reverse,
          limit: 100,
          start: undefined,
          end: undefined,
          totalHits: version === 'v4' ? 1_000 : undefined,
          variant: 1,
        };
        const { found, arrived } = await walkPages(searched(), search);
        expect(found).toBeGreaterThan(3_000);
        expect(arrived).toBeGreaterThan(10);
      }
    },
    SEARCHING_MS,
  );
});

describe('search on PostgreSQL over 20,000 events', () => {
  const postgres = usePostgres();
  const searched = searching(20_000, async () => ({ databaseUrl: (await postgres.migrated()).url }));

  it.each(apiVersions)(
    '%s finds exactly what a plain filter finds, page by page while events arrive',
    async (version) => {
      expectTelling(await walks(version, searched(), 60), 60);
    },
    SEARCHING_MS,
  );
});
