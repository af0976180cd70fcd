import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashKey, makeKey } from '../../keys/api-key.ts';
import { signingKeyOf } from '../../keys/app-signature.ts';
import { useServerApi } from '../../testing/use-server-api.ts';

const { server, start } = useServerApi();

const signingKey = async (publicKey: string) => {
  const { store } = server();
  const grant = await store.keyByHash(hashKey(publicKey));
  return signingKeyOf(await store.secret('app'), grant?.key.id ?? '');
};

const bodyOf = async (platform: string) =>
  JSON.stringify({
    version: 1,
    nonce: await start(),
    url: 'app://com.example.bank',
    sdk: { platform, version: '0.1.0' },
    timing: { start: 0, end: Math.random() },
    sources: { net: { v: { pin: 'match' }, d: 1 } },
  });

/** Sends a body with a header, and gives the event. */
const eventOf = async (body: string, signature?: string, publicKey = server().publicKey) => {
  const { app, store, first } = server();
  const answer = await app.inject({
    method: 'POST',
    url: `/ingest/v1/${publicKey}`,
    headers: signature === undefined ? {} : { 'whorl-signature': signature },
    payload: body,
  });
  expect(answer.statusCode, answer.body).toBe(200);
  const owner = { workspaceId: first.workspace.id, environmentId: first.environment.id };
  const event = await store.event(owner, answer.json<{ requestId: string }>().requestId);
  if (event === undefined) throw new Error('the event is not kept');
  return event;
};

/** What the event of a body says of its signature. */
const evidenceOf = async (...sent: Parameters<typeof eventOf>) =>
  (await eventOf(...sent)).signals.mitmAttack.evidence.filter(({ from }) => from === 'signature');

const signatureOf = (key: string, publicKey: string, body: string) =>
  `1.${createHmac('sha256', key).update(`whorl-app-signature-1\n${publicKey}\n${body}`).digest('base64url')}`;

describe('a signature that the public key requires', () => {
  const makeRequiring = async () => {
    const { store, first } = server();
    const owner = { workspaceId: first.workspace.id, environmentId: first.environment.id, name: 'app' };
    const { text, stored } = makeKey({ ...owner, kind: 'public', requiresSignature: true }, Date.now());
    await store.addKey(stored);
    return { text, id: stored.key.id, workspaceId: owner.workspaceId };
  };

  it.each([
    ['android', undefined, 'missing'],
    ['ios', undefined, 'missing'],
    ['js', undefined, 'missing'],
    ['android', '1.x', 'wrong'],
    ['js', '', 'wrong'],
  ])('shows as tampering where it is not there (%s, %s)', async (platform, signature, value) => {
    const { text } = await makeRequiring();
    const { signals } = await eventOf(await bodyOf(platform), signature, text);
    expect(signals.tampering.state).toBe('detected');
    expect(signals.tampering.evidence).toContainEqual(expect.objectContaining({ value, from: 'signature' }));
    const told = signals.mitmAttack.evidence.filter(({ from }) => from === 'signature');
    expect(told).toMatchObject(platform === 'js' ? [] : [{ value }]);
  });

  it('raises nothing where it is valid, nor once it is no longer required', async () => {
    const { text, id, workspaceId } = await makeRequiring();
    const body = await bodyOf('android');
    const signed = await eventOf(body, signatureOf(await signingKey(text), text, body), text);
    expect(signed.signals.tampering.state).not.toBe('detected');
    expect(signed.signals.mitmAttack.evidence).toContainEqual(expect.objectContaining({ value: 'valid' }));
    await server().store.changeKey(workspaceId, id, { requiresSignature: false });
    const unsigned = await eventOf(await bodyOf('android'), undefined, text);
    expect(unsigned.signals.tampering.state).not.toBe('detected');
  });
});

describe('an app’s signature on its observation', () => {
  it('is said to be valid', async () => {
    const { publicKey } = server();
    const body = await bodyOf('android');
    const signature = signatureOf(await signingKey(publicKey), publicKey, body);
    expect(await evidenceOf(body, signature)).toMatchObject([{ value: 'valid' }]);
  });

  it('is said to be wrong where the body was changed on the way', async () => {
    const { publicKey } = server();
    const body = await bodyOf('ios');
    const signature = signatureOf(await signingKey(publicKey), publicKey, body);
    expect(
      await evidenceOf(body.replace('match', 'notChecked').replace('notChecked', 'mismatch'), signature),
    ).toMatchObject([{ value: 'wrong' }]);
  });

  it('may be missing, and nothing is said of it', async () => {
    expect(await evidenceOf(await bodyOf('android'))).toEqual([]);
  });

  it('means nothing from a browser', async () => {
    expect(await evidenceOf(await bodyOf('js'), '1.x')).toEqual([]);
  });

  it.each(['', 'x', '\u00ff', `1.${'A'.repeat(10_000)}`])(
    'that is none is wrong and breaks nothing (%#)',
    async (text) => {
      expect(await evidenceOf(await bodyOf('android'), text)).toMatchObject([{ value: 'wrong' }]);
    },
  );

  it('may be sent by an app whose code runs in a web view', async () => {
    const answer = await server().app.inject({
      method: 'OPTIONS',
      url: `/ingest/v1/${server().publicKey}`,
      headers: { origin: 'capacitor://localhost', 'access-control-request-headers': 'content-type,whorl-signature' },
    });
    expect(answer.headers['access-control-allow-headers']).toContain('whorl-signature');
    expect(answer.headers['access-control-allow-origin']).toBe('capacitor://localhost');
  });
});
