import { describe, expect, it } from 'vitest';
import { useServerApi } from '../../testing/use-server-api.ts';

const { visit, server } = useServerApi();

type Place = Record<string, unknown>;

/** A visit of an installation that sends its token, and what its event says of the place. */
const visitAt = async (token: string | undefined, location: Place) => {
  const answer = await visit({
    change: {
      url: 'app://com.example.bank',
      sdk: { platform: 'android', version: '0.1.0' },
      ...(token === undefined ? {} : { tokens: { localStorage: token } }),
      sources: { location: { v: location, d: 1 } },
    },
  });
  const { store, first } = server();
  const event = await store.event({ workspaceId: first.workspace.id }, answer.requestId);
  const signal = event?.signals.locationSpoofing;
  return {
    token: answer.token,
    state: signal?.state,
    speed: signal?.evidence.find(({ from }) => from === 'store')?.value,
  };
};

const munich = { latitude: 48.1374, longitude: 11.5755, accuracy: 20, mock: false, providerApps: ['com.lexa.fakegps'] };
const sydney = { ...munich, latitude: -33.8688, longitude: 151.2093 };

describe('an impossible journey', () => {
  it('of one installation supports that its place is made up', async () => {
    const { token, state } = await visitAt(undefined, munich);
    expect(state).toBe('clear');
    expect(await visitAt(token, sydney)).toMatchObject({ state: 'detected', speed: expect.any(Number) });
  });

  it('is looked for behind visits that shared no place, or a made-up one', async () => {
    const { token } = await visitAt(undefined, munich);
    await visitAt(token, { mock: false });
    await visitAt(token, { ...sydney, mock: true });
    expect(await visitAt(token, munich)).toMatchObject({ state: 'clear', speed: undefined });
    expect(await visitAt(token, sydney)).toMatchObject({ state: 'detected' });
  });

  it('is none between two installations', async () => {
    await visitAt(undefined, munich);
    expect(await visitAt(undefined, sydney)).toMatchObject({ state: 'clear', speed: undefined });
  });

  it('is none without a place', async () => {
    const { token } = await visitAt(undefined, munich);
    expect(await visitAt(token, { mock: false, providerApps: ['com.lexa.fakegps'] })).toMatchObject({
      state: 'clear',
      speed: undefined,
    });
  });
});
