import type { RulesetDraft } from '@whorl/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleRecord } from '../packages/server/src/storage/testing/sample-event.ts';
import { useTestServer as testServer } from '../packages/server/src/testing/use-test-server.ts';
import { v3WebhookView } from '../packages/server/src/views/v3/webhook-view.ts';
import { contractDocuments, contractValidator } from './contract-document.ts';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { managementClient } from './management-client.ts';
import { officialClient } from './official-client.ts';
import { officialClientV4 } from './official-client-v4.ts';
import { pin, pinEach } from './pin.ts';
import { RICH_VISITOR, richEdgeEvents, richEvents } from './rich-events.ts';

const { server } = testServer();

let url: string;
let events: ReturnType<typeof richEvents>;
let edgeEvents: ReturnType<typeof richEdgeEvents>;

beforeAll(async () => {
  const { app, store, first } = server();
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  const owner = { workspaceId: first.workspace.id, environmentId: first.environment.id, time: Date.now() };
  events = richEvents(owner);
  edgeEvents = richEdgeEvents(owner);
  const records = Object.values(events).map((event) => ({ ...sampleRecord(owner), event }));
  expect(await store.record(records)).toEqual(records.map(() => 'recorded'));
  expect(await store.recordEdge(Object.values(edgeEvents))).toEqual(Object.values(edgeEvents).map(() => true));
});

const v3 = () => officialClient({ url, secretKey: server().secretKey });
const v4 = () => officialClientV4({ url, secretKey: server().secretKey });

/** What `ask` answers for each of some named things, by their names. */
const each = async <T, A>(
  named: Readonly<Record<string, T>>,
  ask: (one: T) => A,
): Promise<Record<string, Awaited<A>>> =>
  Object.fromEntries(
    await Promise.all(Object.entries(named).map(async ([name, one]) => [name, await ask(one)] as const)),
  );

describe('answers of v3 about events with everything that there is', () => {
  const fits = sdkValidators('@fingerprintjs/fingerprintjs-pro-server-api');

  it('GET /events/{request_id}', async () => {
    const answers = await each(events, ({ id }) => v3().getEvent(id));
    for (const answer of Object.values(answers)) expectFit(fits('EventsGetResponse'), answer);
    pinEach('v3-events', answers);
  });

  it('GET /events/search, with a next page', async () => {
    const page = await v3().searchEvents({ limit: Object.keys(events).length - 1 });
    expectFit(fits('SearchEventsResponse'), page);
    pin('v3-search-page', page);
  });

  it('GET /visitors/{visitor_id}, with a next page', async () => {
    const page = await v3().getVisits(RICH_VISITOR, { limit: Object.keys(events).length - 1 });
    expectFit(fits('VisitorsGetResponse'), page);
    expect(page.paginationKey).toBe(events.ios.id);
    const rest = await v3().getVisits(RICH_VISITOR, { limit: 1, paginationKey: page.paginationKey ?? '' });
    expect(rest.visits.map(({ requestId }) => requestId)).toEqual([events.bare.id]);
    pin('v3-visits-page', page);
  });

  it('webhooks', async () => {
    const bodies = await each(events, (event) => v3WebhookView(event));
    for (const body of Object.values(bodies)) expectFit(fits('Webhook'), body);
    pinEach('v3-webhooks', bodies);
  });
});

describe('answers of v4 about events with everything that there is', () => {
  const fits = sdkValidators('@fingerprint/node-sdk');

  it('GET /v4/events/{event_id}', async () => {
    const answers = await each(events, ({ id }) => v4().getEvent(id));
    for (const answer of Object.values(answers)) expectFit(fits('Event'), answer);
    pinEach('v4-events', answers);
  });

  it('GET /v4/events/{event_id} of the edge', async () => {
    const answers = await each(edgeEvents, ({ id }) => v4().getEvent(id));
    for (const answer of Object.values(answers)) expectFit(fits('Event'), answer);
    pinEach('v4-edge-events', answers);
  });

  it('GET /v4/events, with a next page', async () => {
    const limit = Object.keys(events).length - 1;
    const page = await v4().searchEvents({ limit, total_hits: 100 });
    expectFit(fits('EventSearch'), page);
    expect(page.total_hits).toBe(limit + 1);
    pin('v4-search-page', page);
  });
});

describe('the rule_action of a ruleset that is stored', () => {
  const fits = sdkValidators('@fingerprint/node-sdk');
  const fields = [{ name: 'X-Checked', value: 'yes' }];

  const rulesets: Record<string, RulesetDraft> = {
    allow: {
      name: 'Allow',
      rules: [
        {
          id: 'vpn',
          name: 'VPN',
          when: { all: [{ field: 'vpn', operator: 'equals', value: true }] },
          action: { type: 'allow', requestHeaderModifications: { remove: ['Cookie'], set: fields, append: fields } },
        },
      ],
    },
    block: {
      name: 'Block',
      rules: [
        {
          id: 'proxy',
          name: 'Proxy',
          when: { any: [{ field: 'proxy_details.proxy_type', operator: 'in', value: ['residential'] }] },
          action: { type: 'block', statusCode: 403, headers: fields, body: 'no' },
        },
      ],
    },
    otherwise: { name: 'Nothing matches', rules: [], otherwise: { type: 'block' } },
  };

  it('is in the event that the official SDK reads with a ruleset_id', async () => {
    const { id: workspaceId } = server().first.workspace;
    const manage = managementClient({ url }, server().managementKey);
    const stored = await each(rulesets, (draft) =>
      manage<{ id: string }>('POST', `/workspaces/${workspaceId}/rulesets`, draft),
    );
    const answers = await each(stored, ({ id }) => v4().getEvent(events.browser.id, { ruleset_id: id }));
    for (const answer of Object.values(answers)) {
      expectFit(fits('Event'), answer);
      if (contractDocuments.v4.exists) expectFit(contractValidator('Event', 'v4'), answer);
    }
    expect(Object.values(answers).map((event) => event.rule_action)).toEqual([
      {
        ruleset_id: stored.allow?.id,
        rule_id: 'vpn',
        rule_expression: 'vpn == true',
        type: 'allow',
        request_header_modifications: { remove: ['Cookie'], set: fields, append: fields },
      },
      {
        ruleset_id: stored.block?.id,
        rule_id: 'proxy',
        rule_expression: 'proxy_details.proxy_type in ["residential"]',
        type: 'block',
        status_code: 403,
        headers: fields,
        body: 'no',
      },
      { ruleset_id: stored.otherwise?.id, type: 'block' },
    ]);
    pinEach('v4-ruled-event', answers);
  });
});
