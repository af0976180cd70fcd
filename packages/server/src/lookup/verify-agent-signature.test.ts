import type { SignedRequest } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { createAgentKeys } from './agent-keys.ts';
import { newAgent } from './testing/new-agent.ts';
import { verifyAgentSignature } from './verify-agent-signature.ts';

const now = 1_790_000_000_000;
const agent = newAgent('https://agent.example');
const keys = createAgentKeys({ [agent.origin]: agent.directory });

const signed = (change: Parameters<typeof agent.sign>[1] = {}): SignedRequest => {
  const url = new URL('https://shop.example/a?b=c');
  return {
    method: 'GET',
    target: { uri: url.href, scheme: 'https', authority: url.host, path: url.pathname, query: url.search },
    headers: agent.sign(url, { time: now, ...change }),
  };
};

describe('verifyAgentSignature', () => {
  it('finds a right signature valid', () => {
    expect(verifyAgentSignature(signed(), now, keys)).toEqual({
      outcome: 'valid',
      agent: agent.origin,
      keyId: agent.keyId,
    });
  });

  it('finds it still valid when the same request comes again before it expires', () => {
    const request = signed({ nonce: 'once' });
    for (const at of [now, now + 30_000]) expect(verifyAgentSignature(request, at, keys)?.outcome).toBe('valid');
  });

  it('finds it invalid for another host', () => {
    const request = signed();
    const moved = { ...request, target: { ...request.target, authority: 'other.example' } };
    expect(verifyAgentSignature(moved, now, keys)).toMatchObject({ outcome: 'invalid', certain: true });
  });

  it('finds it invalid by another key under the same name', () => {
    const thief = newAgent(agent.origin);
    const url = new URL('https://shop.example/a?b=c');
    const headers = thief.sign(url, { time: now, keyId: agent.keyId });
    expect(verifyAgentSignature({ ...signed(), headers }, now, keys)).toMatchObject({
      outcome: 'invalid',
      certain: true,
    });
  });

  it('finds it invalid once it has expired', () => {
    expect(verifyAgentSignature(signed(), now + 600_000, keys)).toEqual({
      outcome: 'invalid',
      agent: agent.origin,
      why: 'signature is expired',
      certain: false,
    });
  });

  it('finds a signature of the wrong length invalid', () => {
    const headers = signed().headers.map(({ name, value }) =>
      name === 'Signature' ? { name, value: 'sig1=:AAAA:' } : { name, value },
    );
    expect(verifyAgentSignature({ ...signed(), headers }, now, keys)).toMatchObject({ outcome: 'invalid' });
  });

  it('proves nothing by a key that nobody knows', () => {
    expect(verifyAgentSignature(signed(), now, createAgentKeys())).toEqual({
      outcome: 'unproven',
      agent: agent.origin,
      why: 'key of the signature is not known',
    });
  });

  it('proves nothing with another tag', () => {
    expect(verifyAgentSignature(signed({ tag: 'other' }), now, keys)).toMatchObject({ outcome: 'unproven' });
  });

  it('finds a right signature beside others, in whatever order they stand', () => {
    const [named, input, signature] = signed().headers;
    const broken = 'a=("@authority" "signature-agent");tag="web-bot-auth"';
    const wrong = `b=${input?.value.slice('sig1='.length) ?? ''}`;
    const field = (name: string, parts: string[]) => ({ name, value: parts.join(', ') });
    const outcomeOf = (inputs: (string | undefined)[]) => {
      const headers = [
        { name: 'Signature-Agent', value: named?.value ?? '' },
        field(
          'Signature-Input',
          inputs.filter((each) => each !== undefined),
        ),
        field('Signature', [signature?.value ?? '', 'a=:AAAA:', 'b=:AAAA:']),
      ];
      return verifyAgentSignature({ ...signed(), headers }, now, keys)?.outcome;
    };
    for (const order of [
      [broken, wrong, input?.value],
      [wrong, input?.value, broken],
      [input?.value, broken],
    ]) {
      expect(outcomeOf(order)).toBe('valid');
    }
    expect(outcomeOf([broken, wrong])).toBe('invalid');
    expect(outcomeOf([broken])).toBe('unproven');
  });

  it('says nothing where nothing was signed', () => {
    expect(verifyAgentSignature({ ...signed(), headers: [] }, now, keys)).toBeUndefined();
  });
});
