import { describe, expect, it } from 'vitest';
import { createAgentKeys } from '../../lookup/agent-keys.ts';
import { newAgent } from '../../lookup/testing/new-agent.ts';
import { useTestServer } from '../../testing/use-test-server.ts';

const agent = newAgent('https://agent.example');
const { server, visit } = useTestServer({
  agentKeys: createAgentKeys({ [agent.origin]: agent.directory }),
});

/** The host that requests in process come to. */
const HOST = 'localhost:80';

const headersOf = (host: string): Record<string, string> =>
  Object.fromEntries(agent.sign(new URL(`http://${host}/`)).map(({ name, value }) => [name.toLowerCase(), value]));

const botOf = async (headers: Record<string, string>) => {
  const { requestId } = await visit({ headers });
  const event = await server().store.event({ workspaceId: server().first.workspace.id }, requestId);
  return event?.signals.botd.data;
};

describe('the signature of an agent on a visit', () => {
  it('makes it a good bot', async () => {
    expect(await botOf(headersOf(HOST))).toMatchObject({
      result: 'good',
      info: { name: 'agent.example', identity: 'signed', confidence: 'high' },
    });
  });

  it.each([
    ['was made for another host', () => headersOf('other.example')],
    ['is none', () => ({ 'signature-input': 'sig1=(', signature: '=', 'signature-agent': '"https://agent.example"' })],
    ['is not there', () => ({})],
  ])('says nothing where it %s', async (_, headers) => {
    expect(await botOf(headers())).toEqual({ result: 'notDetected' });
  });
});
