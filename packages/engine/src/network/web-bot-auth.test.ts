import { describe, expect, it } from 'vitest';
import type { HeaderField, SignedRequest } from './signature-base.ts';
import { readAgentSignatures } from './web-bot-auth.ts';

const CREATED = 1_790_000_000;
const now = CREATED * 1000 + 5_000;

type Change = {
  components?: string;
  parameters?: Record<string, string | null>;
  agent?: string | null;
  label?: string;
};

const usual = {
  created: String(CREATED),
  expires: String(CREATED + 60),
  keyid: '"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U"',
  alg: '"ed25519"',
  tag: '"web-bot-auth"',
};

const headersWith = ({
  components = '"@authority" "signature-agent"',
  parameters = {},
  agent = '"https://agent.example"',
  label = 'sig1',
}: Change = {}): HeaderField[] => {
  const all = Object.entries({ ...usual, ...parameters }).filter(([, value]) => value !== null);
  return [
    ...(agent === null ? [] : [{ name: 'Signature-Agent', value: agent }]),
    { name: 'Signature-Input', value: `${label}=(${components})${all.map(([k, v]) => `;${k}=${v}`).join('')}` },
    { name: 'Signature', value: `${label}=:${Buffer.alloc(64, 7).toString('base64')}:` },
  ];
};

const requestWith = (headers: HeaderField[]): SignedRequest => ({
  method: 'GET',
  target: { uri: 'https://shop.example/a', scheme: 'https', authority: 'shop.example', path: '/a', query: '' },
  headers,
});

const readAll = (headers: HeaderField[], time = now) => readAgentSignatures(requestWith(headers), time);

/** What becomes of the one signature of a request. */
const readOne = (headers: HeaderField[], time = now) => {
  const all = readAll(headers, time);
  expect(all).toHaveLength(1);
  return all[0];
};

const read = (change: Change = {}, time = now) => readOne(headersWith(change), time);

describe('readAgentSignatures', () => {
  it('has what is needed to check a signature', () => {
    expect(read()).toEqual({
      outcome: 'to-verify',
      agent: 'https://agent.example',
      keyId: 'poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U',
      base: [
        '"@authority": shop.example',
        '"signature-agent": "https://agent.example"',
        `"@signature-params": ("@authority" "signature-agent");created=${CREATED};expires=${CREATED + 60};keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";alg="ed25519";tag="web-bot-auth"`,
      ].join('\n'),
      signature: new Uint8Array(Buffer.alloc(64, 7)),
      fault: undefined,
    });
  });

  it('finds nothing where nothing was signed', () => {
    expect(readAll([{ name: 'User-Agent', value: 'curl/8' }])).toEqual([]);
  });

  it.each([
    ['with a path and in capitals', '"https://Agent.Example/.well-known/x"', '"signature-agent"'],
    ['with its port written out', '"https://agent.example:443"', '"signature-agent"'],
    ['in a dictionary', 'sig1="https://agent.example"', '"signature-agent";key="sig1"'],
    ['that its component names', 'sig1="https://x.example", a="https://agent.example"', '"signature-agent";key="a"'],
    [
      'in a dictionary with others',
      'x="https://x.example", sig1="https://agent.example"',
      '"signature-agent";key="sig1"',
    ],
  ])('reads an agent %s', (_, agent, component) => {
    const found = read({ agent, components: `"@authority" ${component}` });
    expect(found).toMatchObject({ outcome: 'to-verify', agent: 'https://agent.example' });
  });

  it.each([
    ['expired', CREATED + 60 + 61, 'expired'],
    ['expired within the difference of clocks', CREATED + 60 + 59, undefined],
    ['from the future', CREATED - 61, 'from the future'],
    ['from the future within the difference of clocks', CREATED - 59, undefined],
  ])('notes that it is %s', (_, seconds, fault) => {
    expect(read({}, seconds * 1000)).toMatchObject({ outcome: 'to-verify', fault });
  });

  it.each<[string, Change, string]>([
    ['another tag', { parameters: { tag: '"other"' } }, 'no signature is for web-bot-auth'],
    ['no tag', { parameters: { tag: null } }, 'no signature is for web-bot-auth'],
    ['another algorithm', { parameters: { alg: '"rsa-pss-sha512"' } }, 'signature is of another kind than ed25519'],
    ['no key', { parameters: { keyid: null } }, 'signature names no key'],
    ['no creation', { parameters: { created: null } }, 'signature has no time that it holds for'],
    ['an expiry that is no time', { parameters: { expires: '"soon"' } }, 'signature has no time that it holds for'],
    [
      'an expiry before its creation',
      { parameters: { expires: String(CREATED) } },
      'signature holds for no time or for more than a day',
    ],
    [
      'an expiry in two days',
      { parameters: { expires: String(CREATED + 172_800) } },
      'signature holds for no time or for more than a day',
    ],
    ['no host', { components: '"@method" "signature-agent"' }, 'signature is not for this host'],
    ['no agent among its components', { components: '"@authority"' }, 'signature does not cover its agent'],
    [
      'a part that was not sent',
      { components: '"@authority" "signature-agent" "x-none"' },
      'a covered part of the request is missing or of an unknown kind',
    ],
  ])('proves nothing with %s', (_, change, why) => {
    expect(read(change)).toEqual({ outcome: 'unproven', agent: 'https://agent.example', why });
  });

  it('needs no agent, but then covers none', () => {
    expect(read({ agent: null, components: '"@authority"' })).toMatchObject({ outcome: 'to-verify', agent: null });
  });

  it('reads each of several, and no more than three', () => {
    const labels = ['a', 'b', 'c', 'd'];
    const headers = labels.flatMap((label, at) =>
      headersWith({
        label,
        agent: at === 0 ? '"https://agent.example"' : null,
        parameters: at === 0 ? { keyid: null } : {},
      }),
    );
    const outcomes = readAll(headers).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['unproven', 'to-verify', 'to-verify']);
  });

  it('passes over signatures for something else', () => {
    const headers = [
      ...headersWith({ label: 'a', parameters: { tag: '"other"' } }),
      ...headersWith({ label: 'b', agent: null }),
    ];
    expect(readOne(headers)).toMatchObject({ outcome: 'to-verify', agent: 'https://agent.example' });
  });

  it.each([
    ['what is no structured field', '(((', '=='],
    ['a signature under another label', 'sig1=("@authority");tag="web-bot-auth"', 'sig2=:AAAA:'],
    ['a signature that is no bytes', 'sig1=("@authority");tag="web-bot-auth"', 'sig1="AAAA"'],
    ['components that are none', 'sig1="@authority";tag="web-bot-auth"', 'sig1=:AAAA:'],
    ['a field that is too long', `sig1=("@authority");tag="web-bot-auth";nonce="${'x'.repeat(9_000)}"`, 'sig1=:AAAA:'],
  ])('proves nothing with %s', (_, input, signature) => {
    const headers = [
      { name: 'Signature-Input', value: input },
      { name: 'Signature', value: signature },
    ];
    expect(readOne(headers)).toMatchObject({ outcome: 'unproven', agent: null });
  });

  it.each(['"http://agent.example"', '"agent.example"', '"https://"', '"https://a b"', '42', '"javascript:1"'])(
    'takes %s for no agent',
    (agent) => {
      expect(read({ agent })).toMatchObject({ agent: null });
    },
  );
});
