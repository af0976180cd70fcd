import { type Event, featureNames, v3RelatedQuery, v3SearchQuery, v3VisitsQuery } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useV3 as v3TestServer } from '../packages/server/src/http/v3/testing/use-v3.ts';
import { NOON } from '../packages/server/src/storage/testing/sample-event.ts';
import { v3EventView } from '../packages/server/src/views/v3/event-view.ts';
import { v3WebhookView } from '../packages/server/src/views/v3/webhook-view.ts';
import { contractValidator, documentedTest, publishedDocument } from './contract-document.ts';
import { expectFit, sdkValidators, type Validators } from './derive-schemas.ts';
import { richEvents } from './rich-events.ts';

const SDK = '@fingerprintjs/fingerprintjs-pro-server-api';
const { server, call, visit, record, addEnvironment, withWorkspace } = v3TestServer();

const documented = documentedTest('v3');

/** A visit with everything that a page can give, updated afterwards. */
const wholeVisit = async (ip: string) => {
  const change = { linkedId: 'order 7', tag: { cart: ['a', 1, null] } };
  const made = await visit({ ip, change, headers: { origin: 'https://shop.example' } });
  await call('PUT', `/events/${made.requestId}`, { body: { suspect: true } });
  return made;
};

/** Checks every kind of answer of v3 by the published schemas. */
const checkAnswers = async (validators: Validators, ip: string) => {
  const expectAnswer = async (name: string, ...request: Parameters<typeof call>) => {
    const answer = await call(...request);
    expectFit(validators(name), answer.json());
    return answer;
  };
  const { requestId, visitorId } = await wholeVisit(ip);
  await visit({ ip });
  await expectAnswer('EventsGetResponse', 'GET', `/events/${requestId}`);
  for (const query of ['limit=1', 'limit=100&reverse=true', `limit=5&visitor_id=${visitorId}`, 'limit=5&bot=all']) {
    expect((await expectAnswer('SearchEventsResponse', 'GET', `/events/search?${query}`)).statusCode).toBe(200);
  }
  for (const query of ['', 'limit=1', 'linked_id=none']) {
    await expectAnswer('VisitorsGetResponse', 'GET', `/visitors/${visitorId}?${query}`);
  }
  await expectAnswer('RelatedVisitorsResponse', 'GET', `/related-visitors?visitor_id=${visitorId}`);

  const { secretKey } = await addEnvironment(`ae_${ip.replaceAll('.', '').padStart(16, '0')}`);
  const event = await record({});
  const errors = await Promise.all([
    expectAnswer('ErrorResponse', 'GET', '/events/nonsense'),
    expectAnswer('ErrorResponse', 'GET', '/events/nonsense', { key: 'wrong' }),
    expectAnswer('ErrorResponse', 'PUT', `/events/${event.id}`, { body: {} }),
    expectAnswer('ErrorResponse', 'GET', '/events/search'),
    expectAnswer('ErrorResponse', 'DELETE', '/visitors/nonsense'),
    expectAnswer('ErrorResponse', 'DELETE', `/visitors/${visitorId}`, { key: secretKey }),
    expectAnswer('ErrorResponse', 'GET', '/related-visitors?visitor_id=aaaaaaaaaaaaaaaaaaaa'),
    expectAnswer('ErrorPlainResponse', 'GET', '/visitors/nonsense'),
    expectAnswer('ErrorPlainResponse', 'GET', '/visitors/nonsense', { key: 'wrong' }),
  ]);
  expect(errors.map(({ statusCode }) => statusCode)).toEqual([404, 403, 400, 400, 400, 403, 404, 400, 403]);
};

/** An event as the store keeps it, of a visit whose answers were recorded. */
const storedEvent = async (ip: string): Promise<Event> => {
  const { requestId } = await wholeVisit(ip);
  const event = await server().store.event({ workspaceId: server().first.workspace.id }, requestId);
  if (event === undefined) throw new Error('the event was just recorded');
  return event;
};

const checkViews = async (validators: Validators, ip: string) => {
  const visited = await storedEvent(ip);
  const { workspaceId, environmentId } = visited;
  for (const event of [visited, ...Object.values(richEvents({ workspaceId, environmentId, time: NOON }))]) {
    expectFit(validators('EventsGetResponse'), v3EventView(event));
    expectFit(validators('Webhook'), v3WebhookView(event));
    for (const feature of featureNames) {
      const hidden = new Set([feature]);
      expectFit(validators('EventsGetResponse'), v3EventView(event, { hidden }));
      expectFit(validators('Webhook'), v3WebhookView(event, { hidden }));
    }
  }
};

describe('answers and views of v3', () => {
  it("fit the types of the official SDK's own schemas", async () => {
    const validators = sdkValidators(SDK);
    await checkAnswers(validators, '198.51.100.1');
    await checkViews(validators, '198.51.100.2');
  });

  documented('fit the published document', async () => {
    const validators = (name: string) => contractValidator(name, 'v3');
    await checkAnswers(validators, '198.51.100.3');
    await checkViews(validators, '198.51.100.4');
  });

  it('are empty where the SDK expects nothing', async () => {
    const { requestId, visitorId } = await wholeVisit('198.51.100.5');
    const updated = await call('PUT', `/events/${requestId}`, { body: { linkedId: 'other' } });
    const deleted = await call('DELETE', `/visitors/${visitorId}`);
    expect([updated, deleted].map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [200, ''],
      [200, ''],
    ]);
  });

  it('say how long to wait to whom has asked too often', async () => {
    const rateLimits = { perKey: { requests: 1, seconds: 41 }, perAddress: null };
    await withWorkspace({ rateLimits }, async () => {
      await call('GET', '/visitors/nonsense');
      const answer = await call('GET', '/visitors/nonsense');
      expect(answer.statusCode).toBe(429);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    });
  });
});

describe('parameters of v3', () => {
  type Documented = { name: string; in: string; required?: boolean; schema: { type: string; enum?: unknown[] } };

  documented.each([
    ['/events/search', v3SearchQuery],
    ['/visitors/{visitor_id}', v3VisitsQuery],
    ['/related-visitors', v3RelatedQuery],
  ] as const)('are those of the published document: %s', (path, ours) => {
    const document = publishedDocument('v3') as {
      paths: Record<string, { get: { parameters: Documented[] } }>;
    };
    const theirs = (document.paths[path]?.get.parameters ?? []).filter((parameter) => parameter.in === 'query');
    const described = (
      name: string,
      several: boolean,
      required: boolean,
      schema: { type?: string; enum?: unknown[] },
    ) => ({
      name,
      several,
      required,
      type: schema.type,
      enum: [...(schema.enum ?? [])].sort(),
    });
    expect(
      Object.entries(ours).map(([name, parameter]) =>
        described(name, 'several' in parameter, 'required' in parameter, parameter.schema),
      ),
    ).toEqual(
      theirs.map(({ name, required, schema }) =>
        described(
          name,
          schema.type === 'array',
          required === true,
          schema.type === 'array' ? { type: 'string' } : schema,
        ),
      ),
    );
  });
});
