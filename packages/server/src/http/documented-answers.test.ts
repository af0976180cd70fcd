import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { arbitraryBody, arbitraryPath, arbitraryQuery } from '../testing/arbitrary-requests.ts';
import { type DocumentedOperation, documentedOperations } from '../testing/documented-operations.ts';
import { useTestServer } from '../testing/use-test-server.ts';

/**
 * Whatever is sent to an endpoint, the answer is one that its document shows: a status, and for an error its code and
 * message. The endpoints are those of the documents, so a new one is covered by itself.
 */

const { server, visit } = useTestServer();

/** Ids that there are, so that requests get past the look-up now and then. */
let known: string[] = [];

beforeAll(async () => {
  const { requestId } = await visit();
  const { first } = server();
  known = [requestId, first.workspace.id, first.environment.id, requestId.replace(/.$/, '_')];
});

const keyHeaders = (api: DocumentedOperation['api']): Record<string, string> => {
  if (api === 'v3') return { 'auth-api-key': server().secretKey };
  return { authorization: `Bearer ${api === 'v4' ? server().secretKey : server().managementKey}` };
};

/** A visitor of its own for each request: one that is deleted must not take the others along. */
const filled = (path: string): string =>
  path
    .replace(/\{(?:request_id|event_id)\}/g, known[0] ?? '')
    .replace('{workspaceId}', known[1] ?? '')
    .replace('{environmentId}', known[2] ?? '')
    .replace(/\{[^}]+\}/g, 'aaaaaaaaaaaaaaaaaaaa');

type Answer = { statusCode: number; body: string };

const expectDocumented = ({ api, errors, answers }: DocumentedOperation, { statusCode, body }: Answer): void => {
  expect([...answers.keys(), ...errors.keys()], body).toContain(statusCode);
  expect(statusCode).not.toBe(500);
  if (statusCode < 400) {
    const validator = answers.get(statusCode);
    if (validator === null) expect(body).toBe('');
    else expect(validator?.Errors(JSON.parse(body)), body).toEqual([]);
    return;
  }
  const examples = errors.get(statusCode) ?? [];
  const { error } = JSON.parse(body) as { error: string | { code: string; message: string } };
  const shown = examples.filter(({ value }) =>
    typeof value.error === 'string' || typeof error === 'string'
      ? value.error === error
      : value.error.code === error.code,
  );
  expect(shown, body).not.toEqual([]);
  // The management API and the edge name the field that is wrong; what they say of it is not known beforehand.
  if (api === 'management' || typeof error === 'string' || shown.some(({ name }) => name === 'edge:body')) return;
  expect(shown.map(({ value }) => value.error)).toContainEqual(error);
};

const contentTypes = ['application/json', 'application/json; charset=utf-8'];

describe.each(
  documentedOperations.map((operation) => [`${operation.api} ${operation.operationId}`, operation] as const),
)('%s', (_, operation) => {
  it('answers a plain request as its document shows', async () => {
    const answer = await server().app.inject({
      method: operation.method,
      url: filled(operation.path),
      headers: keyHeaders(operation.api),
    });
    expectDocumented(operation, answer);
  });

  it('answers whatever is sent as its document shows', async () => {
    const request = fc.record({
      path: arbitraryPath(operation),
      query: arbitraryQuery(operation),
      payload: arbitraryBody(operation),
      type: fc.constantFrom(...contentTypes),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ path, query, payload, type }) => {
        const answer = await server().app.inject({
          method: operation.method,
          url: `${filled(path)}${query}`,
          headers: { ...keyHeaders(operation.api), ...(payload === undefined ? {} : { 'content-type': type }) },
          ...(payload === undefined ? {} : { payload }),
        });
        expectDocumented(operation, answer);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses who has no key, or a wrong one, as its document shows', async () => {
    for (const headers of [{}, { 'auth-api-key': 'wrong', authorization: 'Bearer wrong' }]) {
      const answer = await server().app.inject({ method: operation.method, url: filled(operation.path), headers });
      expectDocumented(operation, answer);
      expect([401, 403]).toContain(answer.statusCode);
    }
  });
});
