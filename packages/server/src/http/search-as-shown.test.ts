import {
  type Event,
  type Feature,
  featureNames,
  type V3Event,
  type V4Event,
  v3SearchQuery,
  v4SearchQuery,
} from '@whorl/contract';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomEvent } from '../storage/testing/random-events.ts';
import { sampleRecord } from '../storage/testing/sample-event.ts';
import { useServerApi } from '../testing/use-server-api.ts';

const { server, withWorkspace } = useServerApi();

/** What an answer shows of an event; undefined where it shows nothing. */
type Reader<A> = (answer: A, event: Event, hidden: readonly Feature[]) => boolean | undefined;

/** One version of the search, and what its answers show of the filters that are true or false. */
type Version<A> = {
  path: string;
  headers(): Record<string, string>;
  idOf(answer: A): string;
  readers: Readonly<Record<string, Reader<A>>>;
};

type Parameters = Readonly<Record<string, { schema: object; product?: Feature }>>;

/** Every parameter that is true or false and picks events. */
const filtersOf = (parameters: Parameters) =>
  Object.entries(parameters).filter(
    ([name, { schema }]) => 'type' in schema && schema.type === 'boolean' && name !== 'reverse',
  );

const readersOf = <A>(
  parameters: Parameters,
  usual: (name: string, product: Feature | undefined) => Reader<A>,
  special: Record<string, Reader<A>>,
): Record<string, Reader<A>> =>
  Object.fromEntries(filtersOf(parameters).map(([name, { product }]) => [name, special[name] ?? usual(name, product)]));

type V3Result = { data?: { result?: boolean } } | undefined;

const v3: Version<V3Event> = {
  path: '/events/search?limit=200',
  headers: () => ({ 'auth-api-key': server().secretKey }),
  idOf: ({ products }) => products.identification?.data?.requestId ?? '',
  readers: readersOf<V3Event>(
    v3SearchQuery,
    (_, product) =>
      ({ products }) =>
        (products[product as keyof typeof products] as V3Result)?.data?.result,
    {
      suspect: ({ products }) => products.identification?.data?.suspect,
      anti_detect_browser: ({ products }) => products.tampering?.data?.antiDetectBrowser,
      datacenter: ({ products: { ipInfo } }) => (ipInfo?.data?.v4 ?? ipInfo?.data?.v6)?.datacenter?.result,
      factory_reset: ({ products: { factoryReset } }) => factoryReset?.data && factoryReset.data.timestamp > 0,
    },
  ),
};

const v4: Version<V4Event> = {
  path: '/v4/events?limit=100',
  headers: () => ({ authorization: `Bearer ${server().secretKey}` }),
  idOf: ({ event_id: id }) => id,
  readers: readersOf<V4Event>(
    v4SearchQuery,
    (name) => (answer) => answer[name as keyof V4Event] as boolean | undefined,
    {
      anti_detect_browser: ({ tampering_details: details }) => details?.anti_detect_browser,
      tor_node: ({ ip_blocklist: list }) => list?.tor_node,
      // An absent time is as good as zero, but where the product is missing for another reason than the platform.
      factory_reset: ({ factory_reset_timestamp: time = 0 }, { signals }, hidden) =>
        signals.factoryReset.failed || hidden.includes('factoryReset') ? undefined : time > 0,
    },
  ),
};

let events: Event[] = [];
beforeAll(async () => {
  const { store, first } = server();
  const owner = { workspaceId: first.workspace.id, environmentId: first.environment.id };
  events = fc.sample(randomEvent(), { numRuns: 100, seed: 5 }).map((event) => ({ ...event, ...owner }));
  const outcomes = await store.record(events.map((event) => ({ ...sampleRecord(), event })));
  expect(new Set(outcomes)).toEqual(new Set(['recorded']));
});

const search = async <A>({ path, headers }: Version<A>, query: string): Promise<A[]> => {
  const answer = await server().app.inject({ method: 'GET', url: `${path}&start=0&${query}`, headers: headers() });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ events: A[] }>().events;
};

/** Holds a filter, with either value, against what is shown. Gives how many events show the one and the other. */
const compare = async <A>(version: Version<A>, name: string, hidden: readonly Feature[]): Promise<[number, number]> => {
  const { idOf, readers } = version;
  const all = await search(version, '');
  expect(all).toHaveLength(events.length);
  const counts = [];
  for (const value of [true, false]) {
    const shown = all.filter((answer) => {
      const event = events.find(({ id }) => id === idOf(answer));
      return event !== undefined && readers[name]?.(answer, event, hidden) === value;
    });
    const found = await search(version, `${name}=${value}`);
    expect(found.map(idOf), `${name}=${value} without ${hidden.join(' ')}`).toEqual(shown.map(idOf));
    counts.push(shown.length);
  }
  return [counts[0] ?? 0, counts[1] ?? 0];
};

const versions = { v3, v4 } as Record<'v3' | 'v4', Version<unknown>>;

/** What no event of this server shows. */
const NEVER_SHOWN = ['active_call'];

describe.each(['v3', 'v4'] as const)('a search of %s by what is true or false', (name) => {
  const version = versions[name];

  it.each(Object.keys(version.readers))('finds by %s the events that show it so, and no others', async (filter) => {
    const [yes, no] = await compare(version, filter, []);
    // Enough of each, and of those that show neither the products that failed.
    const least = NEVER_SHOWN.includes(filter) ? 0 : 3;
    expect(Math.min(yes, no)).toBeGreaterThanOrEqual(least);
    expect(yes + no).toBeLessThan(events.length);
  });

  it('shows and finds nothing of what is switched off', async () => {
    const asked = fc.record({
      filter: fc.constantFrom(...Object.keys(version.readers)),
      others: fc.subarray(featureNames.slice()),
    });
    const products: Parameters = name === 'v3' ? v3SearchQuery : v4SearchQuery;
    await fc.assert(
      fc.asyncProperty(asked, async ({ filter, others }) => {
        const product = products[filter]?.product;
        const hidden = product === undefined ? others : [...new Set([...others, product])];
        for (const disabledFeatures of [others, hidden]) {
          await withWorkspace({ disabledFeatures }, async () => {
            const counts = await compare(version, filter, disabledFeatures);
            if (product !== undefined && disabledFeatures === hidden) expect(counts).toEqual([0, 0]);
          });
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
