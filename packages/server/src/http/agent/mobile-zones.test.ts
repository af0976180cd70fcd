import { V3Event, V4Event } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { useV4 } from '../v4/testing/use-v4.ts';

const { visit, eventOf, call, find, server, withWorkspace } = useV4();

const isV3 = Compile(V3Event);
const isV4 = Compile(V4Event);

/** Both events of a device that shared this place. */
const eventsAt = async (location: Record<string, unknown> | undefined, platform = 'android') => {
  const { requestId } = await visit({
    change: {
      url: 'app://com.example.bank',
      sdk: { platform, version: '0.1.0' },
      sources: location === undefined ? {} : { location: { v: location, d: 1 } },
    },
  });
  const v3 = await eventOf(requestId);
  const v4 = (await call('GET', `/events/${requestId}`)).json<V4Event>();
  expect(isV3.Errors(v3)).toEqual([]);
  expect(isV4.Errors(v4)).toEqual([]);
  return { requestId, v3: v3.products.proximity?.data, v4: v4.proximity };
};

const CAFE = { latitude: 48.13668, longitude: 11.57579, accuracy: 120 };

describe('the zone of a device', () => {
  it('is in both events, and is looked for by its id', async () => {
    const one = await eventsAt(CAFE);
    const two = await eventsAt({ ...CAFE, accuracy: 90 }, 'ios');
    const far = await eventsAt({ ...CAFE, latitude: 48.2 });
    expect(one.v3).toEqual({ id: expect.any(String), precisionRadius: 175, confidence: expect.any(Number) });
    expect(one.v4).toEqual({ id: one.v3?.id, precision_radius: 175, confidence: one.v3?.confidence });
    expect(two.v4?.id).toBe(one.v4?.id);
    expect(two.v4?.confidence).toBeGreaterThan(one.v4?.confidence ?? 1);
    expect(far.v4?.id).not.toBe(one.v4?.id);
    const found = await find(`proximity_id=${one.v4?.id}`);
    expect(found.sort()).toEqual([one.requestId, two.requestId].sort());
  });

  it.each<[string, Record<string, unknown> | undefined, string]>([
    ['without the section', undefined, 'android'],
    ['without a place', { mock: false }, 'android'],
    ['with half a place', { latitude: 48, accuracy: 10 }, 'android'],
    ['without an accuracy', { latitude: 48, longitude: 11 }, 'ios'],
    ['with an accuracy that means nothing', { latitude: 48, longitude: 11, accuracy: 0 }, 'android'],
    ['with a place as wide as a country', { latitude: 48, longitude: 11, accuracy: 300_000 }, 'android'],
    ['with a made-up place', { ...CAFE, mock: true }, 'android'],
    ['with a place off the globe', { ...CAFE, longitude: 181 }, 'android'],
    ['from a browser', CAFE, 'js'],
  ])('is left out %s', async (_, location, platform) => {
    expect(await eventsAt(location, platform)).toMatchObject({ v3: undefined, v4: undefined });
  });

  it.each([
    [90, 0],
    [-90, 180],
    [0, -180],
    [64.7, 10.536_199],
  ])('is there wherever on the globe: %d, %d', async (latitude, longitude) => {
    for (const accuracy of [1e-9, 10, 22_500]) {
      const { v4 } = await eventsAt({ latitude, longitude, accuracy });
      expect(v4?.confidence).toBeGreaterThanOrEqual(0);
      expect(v4?.confidence).toBeLessThanOrEqual(0.9);
    }
    expect(server().failures).toEqual([]);
  });

  it('is not shown where the workspace has it switched off', async () => {
    await withWorkspace({ disabledFeatures: ['proximity'] }, async () => {
      expect(await eventsAt(CAFE)).toMatchObject({ v3: undefined, v4: undefined });
    });
  });
});
