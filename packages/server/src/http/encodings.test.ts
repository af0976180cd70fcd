import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DocumentedOperation, documentedOperations } from '../testing/documented-operations.ts';
import { useTestServer } from '../testing/use-test-server.ts';

/** Bodies of every endpoint that takes one, in forms that hold the right thing and are not JSON in plain UTF-8. */

const { server, visit } = useTestServer();

let requestId = '';
beforeAll(async () => {
  ({ requestId } = await visit());
});

type Sent = { payload: string | Buffer; headers?: Record<string, string> };

const send = ({ api, method, path }: DocumentedOperation, { payload, headers = {} }: Sent) => {
  const { app, first, secretKey, managementKey } = server();
  const url = path
    .replace(/\{(?:request|event)_id\}/, requestId)
    .replace('{workspaceId}', first.workspace.id)
    .replace('{environmentId}', first.environment.id)
    .replaceAll(/\{\w+\}/g, 'aaaaaaaaaaaaaaaaaaaa');
  const key = api === 'management' ? managementKey : secretKey;
  const type = { 'content-type': 'application/json', 'auth-api-key': key, authorization: `Bearer ${key}` };
  return app.inject({ method, url, headers: { ...type, ...headers }, payload });
};

const withBody = documentedOperations
  .filter(({ body }) => body !== undefined)
  .map((operation) => [`${operation.api} ${operation.operationId}`, operation] as const);
const ofServerApi = withBody.filter(([, { api }]) => api !== 'management');
const managed = withBody.filter(([, { api }]) => api === 'management');

const textOf = ({ example }: DocumentedOperation): string => JSON.stringify(example);

/** The documented error with this status, or a failed expectation that shows what came. */
const expectRefusal = async (operation: DocumentedOperation, sent: Sent, status: 400 | 415) => {
  const answer = await send(operation, sent);
  expect(answer.statusCode, answer.body).toBe(status);
  const codes = operation.errors.get(status)?.map(({ value: { error } }) => typeof error !== 'string' && error.code);
  expect(codes).toContain(answer.json().error.code);
};

describe.each(withBody)('%s', (_, operation) => {
  it('refuses bytes that are no UTF-8, wherever they stand', async () => {
    const text = textOf(operation);
    const unknown = Buffer.concat([Buffer.from('{"'), Buffer.from([0xff]), Buffer.from(`":1,${text.slice(1)}`)]);
    const half = Buffer.concat([Buffer.from(text), Buffer.from([0xc3])]);
    const surrogate = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]);
    const latin1 = Buffer.from('{"name":"café","linkedId":"café","linked_id":"café"}', 'latin1');
    for (const payload of [unknown, half, surrogate, latin1, Buffer.from(text, 'utf16le')]) {
      await expectRefusal(operation, { payload }, 400);
    }
  });

  const status = operation.api === 'management' ? 415 : 400;

  it('refuses a body that is compressed, or says so', async () => {
    const headers = { 'content-encoding': 'gzip' };
    await expectRefusal(operation, { payload: gzipSync(textOf(operation)), headers }, status);
    await expectRefusal(operation, { payload: textOf(operation), headers }, status);
  });

  it.each(['application/json; charset=latin1', 'text/plain;charset="UTF-16"', 'x; Charset = iso-8859-1'])(
    'refuses a body in another encoding, "%s"',
    async (type) => {
      await expectRefusal(operation, { payload: textOf(operation), headers: { 'content-type': type } }, status);
    },
  );
});

const types = ['text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', 'application/xml', 'json', ''];

describe.each(ofServerApi)('%s', (_, operation) => {
  it.each(types)('reads JSON that is sent as "%s", as official SDKs and curl send it', async (type) => {
    const answer = await send(operation, { payload: textOf(operation), headers: { 'content-type': type } });
    expect(answer.statusCode, answer.body).toBe(200);
  });
});

describe.each(managed)('%s', (_, operation) => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1', 'json', ''])(
    'refuses the content type "%s"',
    async (type) => {
      await expectRefusal(operation, { payload: textOf(operation), headers: { 'content-type': type } }, 415);
    },
  );
});

describe('what is plain', () => {
  const [, operation] = managed.find(([name]) => name.endsWith(' changeWorkspace')) ?? [];

  it.each([
    { 'content-type': 'application/json; charset=UTF-8' },
    { 'content-type': 'Application/JSON;charset="utf-8"' },
    { 'content-encoding': 'identity' },
  ])('may say so: %j', async (headers) => {
    if (operation === undefined) throw new Error('nothing changes a workspace');
    expect((await send(operation, { payload: textOf(operation), headers })).statusCode).toBe(200);
  });
});
