import { readFileSync } from 'node:fs';
import { type Event, type Feature, featureNames, v4Errors, v4SearchErrors, v4SearchQuery } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { useV4 as v4TestServer } from '../packages/server/src/http/v4/testing/use-v4.ts';
import { NOON } from '../packages/server/src/storage/testing/sample-event.ts';
import { v4EdgeView } from '../packages/server/src/views/v4/edge-view.ts';
import { v4EventView } from '../packages/server/src/views/v4/event-view.ts';
import { ruleActionView } from '../packages/server/src/views/v4/rule-action-view.ts';
import { contractDocuments, contractValidator, documentedTest, publishedDocument } from './contract-document.ts';
import { expectFit, sdkValidators, type Validators } from './derive-schemas.ts';
import { richEdgeEvents, richEvents } from './rich-events.ts';

const { server, call, visit, addEnvironment } = v4TestServer();

const documented = documentedTest('v4');

/** A visit with everything that a page can give, updated afterwards. */
const wholeVisit = async (ip: string) => {
  const change = { linkedId: 'order 7', tag: { cart: ['a', 1, null] }, referrer: 'https://search.example/' };
  const made = await visit({ ip, change, headers: { origin: 'https://shop.example' } });
  await call('PATCH', `/events/${made.requestId}`, { body: { suspect: true } });
  return made;
};

const checkAnswers = async (validators: Validators, ip: string) => {
  const expectAnswer = async (name: string, ...request: Parameters<typeof call>) => {
    const answer = await call(...request);
    expectFit(validators(name), answer.json());
    return answer;
  };
  const { requestId, visitorId } = await wholeVisit(ip);
  await visit({ ip });
  await expectAnswer('Event', 'GET', `/events/${requestId}`);
  for (const query of ['', 'limit=1&total_hits=10', `reverse=true&visitor_id=${visitorId}`, 'bot=all', 'source=edge']) {
    expect((await expectAnswer('EventSearch', 'GET', `/events?${query}`)).statusCode).toBe(200);
  }

  const { secretKey } = await addEnvironment(`ae_${ip.replaceAll('.', '').padStart(16, '0')}`);
  const errors = await Promise.all([
    expectAnswer('ErrorResponse', 'GET', '/events/nonsense'),
    expectAnswer('ErrorResponse', 'GET', '/events/1700000000000.abcdef'),
    expectAnswer('ErrorResponse', 'GET', `/events/${requestId}?ruleset_id=nonsense`),
    expectAnswer('ErrorResponse', 'GET', '/events', { key: 'wrong' }),
    expectAnswer('ErrorResponse', 'GET', '/events', { key: null }),
    expectAnswer('ErrorResponse', 'GET', '/events?limit=0'),
    expectAnswer('ErrorResponse', 'PATCH', `/events/${requestId}`, { body: {} }),
    expectAnswer('ErrorResponse', 'PATCH', `/events/${requestId}`, { body: { tags: { a: 'x'.repeat(20_000) } } }),
    expectAnswer('ErrorResponse', 'DELETE', '/visitors/nonsense'),
    expectAnswer('ErrorResponse', 'DELETE', '/visitors/aaaaaaaaaaaaaaaaaaaa'),
    expectAnswer('ErrorResponse', 'DELETE', `/visitors/${visitorId}`, { key: secretKey }),
  ]);
  expect(errors.map(({ statusCode }) => statusCode)).toEqual([400, 404, 400, 403, 403, 400, 400, 413, 400, 404, 403]);
};

const storedEvent = async (ip: string): Promise<Event> => {
  const { requestId } = await wholeVisit(ip);
  const event = await server().store.event({ workspaceId: server().first.workspace.id }, requestId);
  if (event === undefined) throw new Error('the event was just recorded');
  return event;
};

const checkViews = async (validators: Validators, ip: string) => {
  const visited = await storedEvent(ip);
  const { workspaceId, environmentId } = visited;
  const owner = { workspaceId, environmentId, time: NOON };
  const everyHiding = [new Set<Feature>(), ...featureNames.map((feature) => new Set([feature]))];
  for (const hidden of everyHiding) {
    for (const event of [visited, ...Object.values(richEvents(owner))]) {
      expectFit(validators('Event'), v4EventView(event, { hidden }));
    }
    for (const event of Object.values(richEdgeEvents(owner))) {
      expectFit(validators('Event'), v4EdgeView(event, { hidden }));
    }
  }
};

const checkRuleActions = (validators: Validators) => {
  const fields = [{ name: 'x-checked', value: '1' }];
  const ruled = { rulesetId: 'ruleset123456789', ruleId: 'rule', ruleExpression: 'vpn == true' };
  const outcomes = [
    { rulesetId: 'ruleset123456789', action: { type: 'allow' } },
    { ...ruled, action: { type: 'allow', requestHeaderModifications: { remove: ['x'], set: fields, append: fields } } },
    { ...ruled, action: { type: 'block' } },
    { ...ruled, action: { type: 'block', statusCode: 403, headers: fields, body: '{}' } },
  ] as const;
  for (const { action, ...rest } of outcomes) {
    const view = ruleActionView({
      ...rest,
      action: structuredClone(action) as Parameters<typeof ruleActionView>[0]['action'],
    });
    expectFit(validators('EventRuleAction'), view);
  }
};

describe('answers and views of v4', () => {
  it("fit the types of the official SDK's own schemas", async () => {
    const validators = sdkValidators('@fingerprint/node-sdk');
    await checkAnswers(validators, '198.51.100.1');
    await checkViews(validators, '198.51.100.2');
    checkRuleActions(validators);
  });

  documented('fit the published document', async () => {
    const validators = (name: string) => contractValidator(name, 'v4');
    await checkAnswers(validators, '198.51.100.3');
    await checkViews(validators, '198.51.100.4');
    checkRuleActions(validators);
  });
});

describe('words of v4', () => {
  type Documented = {
    paths: Record<string, Record<string, { parameters?: { name: string }[] }>>;
    components: { schemas: { ErrorCode: { enum: string[] } } };
  };
  const document = (): Documented => publishedDocument('v4') as Documented;

  documented('are the published names of parameters, in their order, and codes of errors', () => {
    const { paths, components } = document();
    const names = paths['/events']?.get?.parameters?.map(({ name }) => name);
    expect(Object.keys(v4SearchQuery)).toEqual(names);
    for (const { code } of [...Object.values(v4Errors), ...Object.values(v4SearchErrors)]) {
      expect(components.schemas.ErrorCode.enum).toContain(code);
    }
  });

  documented('are the published messages, where there are such', () => {
    const text = readFileSync(contractDocuments.v4.path, 'utf8');
    const published = new Set(
      [...text.matchAll(/^ +message: (.+)$/gm)].map(([, message = '']) => String(parse(message))),
    );
    const ours = [...Object.values(v4Errors), ...Object.values(v4SearchErrors)].map(({ message }) => message);
    // What the document says of all that we answer as well; the others are words of ours where it has none.
    const theirs = [...published].filter(
      (message) => !/^(too many search|gateway|at least one of|request body contains)/.test(message),
    );
    expect(ours).toEqual(expect.arrayContaining(theirs));
  });
});
