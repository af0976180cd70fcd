import { beforeAll, describe, expect, it } from 'vitest';
import { type DocumentedOperation, documentedOperations } from '../../testing/documented-operations.ts';
import { useTestServer } from '../../testing/use-test-server.ts';

/** What the explorer fills in is sent as it is: it must do what it says, and no harm to what is there. */

const { server, visit } = useTestServer();
const withBody = documentedOperations.filter(({ example }) => example !== undefined);

const keyOf = (api: string): Record<string, string> => {
  if (api === 'v3') return { 'auth-api-key': server().secretKey };
  return { authorization: `Bearer ${api === 'v4' ? server().secretKey : server().managementKey}` };
};

/** Ids by the names that paths have for them. */
let ids: Record<string, string> = {};

const fill = (path: string): string => path.replaceAll(/\{(\w+)\}/g, (_, name) => ids[name] ?? name);

const send = ({ api, method, path, example }: DocumentedOperation) =>
  server().app.inject({
    method,
    url: fill(path),
    headers: { ...keyOf(api), 'content-type': 'application/json' },
    payload: JSON.stringify(example),
  });

const sendNamed = (name: string) => {
  const operation = withBody.find(({ operationId }) => operationId === name);
  if (operation === undefined) throw new Error(`no operation is called ${name}`);
  return send(operation);
};

beforeAll(async () => {
  const { first } = server();
  const { requestId } = await visit();
  ids = { workspaceId: first.workspace.id, environmentId: first.environment.id, request_id: requestId };
  ids.event_id = requestId;
  ids.keyId = (await server().store.keys(first.workspace.id)).find(({ kind }) => kind === 'public')?.id ?? '';
  ids.webhookId = (await sendNamed('createWebhook')).json<{ id: string }>().id;
  ids.rulesetId = (await sendNamed('createRuleset')).json<{ id: string }>().id;
});

describe('the examples of bodies', () => {
  it.each(withBody.map((operation) => [`${operation.api} ${operation.operationId}`, operation] as const))(
    'are taken: %s',
    async (_, operation) => {
      const answer = await send(operation);
      expect([...operation.answers.keys()], answer.body).toContain(answer.statusCode);
    },
  );

  it.each(['changeWorkspace', 'changeEnvironment', 'changeKey', 'changeWebhook', 'updateEvent'])(
    'change one field: %s',
    (operationId) => {
      for (const { example } of withBody.filter((each) => each.operationId === operationId)) {
        expect(Object.keys(example ?? {})).toHaveLength(1);
      }
    },
  );

  it('leave a workspace, its environment and its keys as they are', async () => {
    const { store, first } = server();
    const keys = await store.keys(first.workspace.id);
    await sendNamed('changeKey');
    expect(await store.keys(first.workspace.id)).toEqual(keys);
    await sendNamed('changeWorkspace');
    await sendNamed('changeEnvironment');
    const known = [await store.workspaces(), await store.environments(first.workspace.id)].flat();
    const { workspace, environment } = first;
    expect(known).toContainEqual(workspace);
    expect(known.find(({ id }) => id === environment.id)).toMatchObject({ name: environment.name });
  });
});
