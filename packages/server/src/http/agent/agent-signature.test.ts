import { describe, expect, it } from 'vitest';
import { createAgentKeys } from '../../lookup/agent-keys.ts';
import { newAgent } from '../../lookup/testing/new-agent.ts';
import { useTestServer } from '../../testing/use-test-server.ts';

const agent = newAgent('https://agent.example');
const agentKeys = createAgentKeys({ [agent.origin]: agent.directory });
const named = useTestServer({ agentKeys, publicHosts: ['localhost', 'fp.shop.example:8443'] });
const nameless = useTestServer({ agentKeys, publicHosts: [] });

const NO_BOT = { result: 'notDetected' };

const headersOf = (host: string): Record<string, string> =>
  Object.fromEntries(agent.sign(new URL(`http://${host}/`)).map(({ name, value }) => [name.toLowerCase(), value]));

const botAt = async ({ visit, server }: ReturnType<typeof useTestServer>, headers: Record<string, string>) => {
  const { requestId } = await visit({ headers });
  const event = await server().store.event({ workspaceId: server().first.workspace.id }, requestId);
  return event?.signals.botd.data;
};

describe('the signature of an agent on a visit', () => {
  it.each(['localhost', 'fp.shop.example:8443'])('makes it a good bot where it was made for %s', async (host) => {
    expect(await botAt(named, { ...headersOf(host), host })).toMatchObject({
      result: 'good',
      info: { name: 'agent.example', identity: 'signed', confidence: 'high' },
    });
  });

  it.each([
    ['was made for another host', () => headersOf('other.example')],
    [
      'was made for another host, whose name is sent along',
      () => ({ ...headersOf('other.example'), host: 'other.example' }),
    ],
    ['was made for another port', () => ({ ...headersOf('localhost:81'), host: 'localhost:81' })],
    ['is none', () => ({ 'signature-input': 'sig1=(', signature: '=', 'signature-agent': '"https://agent.example"' })],
    ['is not there', () => ({})],
  ])('says nothing where it %s', async (_, headers) => {
    expect(await botAt(named, headers())).toEqual(NO_BOT);
  });

  it('says nothing to a server that does not know its own name', async () => {
    expect(await botAt(nameless, headersOf('localhost'))).toEqual(NO_BOT);
  });

  it('says nothing where a proxy that is believed gives the name of another host', async () => {
    const headers = { ...headersOf('other.example'), 'x-forwarded-host': 'other.example' };
    expect(await botAt(named, headers)).toEqual(NO_BOT);
  });
});
