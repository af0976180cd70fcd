import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgentKeys, jwkThumbprint, openAgentKeys } from './agent-keys.ts';
import { NetworkDataError } from './network-data-error.ts';

const newJwk = () => generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as never;
const chatgpt = 'otMqcjr17mGyruktGvJU8oojQTSMHlVm7uO-lrcqbdg';

describe('jwkThumbprint', () => {
  it('is that of RFC 8037, A.3', () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const;
    expect(jwkThumbprint(jwk)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });
});

describe('AgentKeys', () => {
  it('knows the key that ChatGPT signs with by the name that it gives', () => {
    expect(createAgentKeys().find('https://chatgpt.com', chatgpt)).toMatchObject({ agent: 'https://chatgpt.com' });
    expect(createAgentKeys().find(null, chatgpt)).toMatchObject({ agent: 'https://chatgpt.com' });
  });

  it('finds a key only with the agent whose it is', () => {
    const jwk = newJwk();
    const keys = createAgentKeys({ 'https://agent.example': { keys: [jwk] } });
    expect(keys.find('https://agent.example', jwkThumbprint(jwk))).toBeDefined();
    expect(keys.find('https://chatgpt.com', jwkThumbprint(jwk))).toBeUndefined();
    expect(keys.find('https://agent.example', chatgpt)).toBeUndefined();
    expect(keys.find('https://other.example', chatgpt)).toBeUndefined();
  });

  it('has the operator’s directory in place of the bundled one', () => {
    const jwk = newJwk();
    const keys = createAgentKeys({ 'https://chatgpt.com': { keys: [jwk], purpose: 'ai' } });
    expect(keys.find('https://chatgpt.com', chatgpt)).toBeUndefined();
    expect(keys.find('https://chatgpt.com', jwkThumbprint(jwk))).toBeDefined();
    expect(createAgentKeys({ 'https://chatgpt.com': { keys: [] } }).find(null, chatgpt)).toBeUndefined();
  });

  it('passes over keys of other kinds', () => {
    const others = [null, 1, {}, { kty: 'RSA', n: 'x', e: 'AQAB' }, { kty: 'OKP', crv: 'Ed25519', x: 'short' }];
    expect(() => createAgentKeys({ 'https://agent.example': { keys: others } })).not.toThrow();
  });
});

describe('openAgentKeys', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whorl-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const fileWith = async (text: string): Promise<string> => {
    const path = join(folder, 'keys.json');
    await writeFile(path, text);
    return path;
  };

  it('has the bundled keys without a file, and those of a file with one', async () => {
    const jwk = newJwk();
    const path = await fileWith(JSON.stringify({ 'https://agent.example': { keys: [jwk] } }));
    expect((await openAgentKeys(null)).find(null, chatgpt)).toBeDefined();
    expect((await openAgentKeys(path)).find(null, jwkThumbprint(jwk))).toBeDefined();
  });

  it.each(['', '[]', '"x"', '{"https://a.example":1}', '{"https://a.example":{}}', '{"a.example":{"keys":[]}}'])(
    'refuses %s and names the setting',
    async (text) => {
      const failure = await openAgentKeys(await fileWith(text)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(NetworkDataError);
      expect((failure as Error).message).toContain('WHORL_AGENT_KEYS');
    },
  );

  it('refuses a file that is not there', async () => {
    await expect(openAgentKeys(join(folder, 'none.json'))).rejects.toThrow(NetworkDataError);
  });
});
