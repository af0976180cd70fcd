import { describe, expect, it } from 'vitest';
import { distanceOf, impossibleSpeed } from './journey.ts';

const HOUR = 3_600_000;
const munich = { latitude: 48.1374, longitude: 11.5755, accuracy: 14, time: 0 };
const sydney = { latitude: -33.8688, longitude: 151.2093, accuracy: 50, time: 0 };
const antipode = { latitude: -48.1374, longitude: -168.4245, accuracy: 14, time: 0 };

describe('the way between two places', () => {
  it('is that along the sphere', () => {
    expect(distanceOf(munich, sydney)).toBeCloseTo(16_319, -2);
    expect(distanceOf(munich, antipode)).toBeCloseTo(20_015, 0);
    expect(distanceOf(munich, munich)).toBe(0);
    expect(distanceOf({ ...munich, longitude: 180 }, { ...munich, longitude: -180 })).toBeCloseTo(0, 6);
  });
});

describe('an impossible journey', () => {
  it.each([
    ['to the other side of the world in an hour', sydney, HOUR],
    ['to the other side of the world at once', sydney, 0],
    ['by a clock that went back', sydney, -HOUR],
    ['200 km in a minute', { ...munich, latitude: 50 }, 60_000],
  ])('is one %s', (_, place, time) => {
    expect(impossibleSpeed(munich, { ...place, time })).toBeGreaterThan(1_200);
  });

  it.each([
    ['a flight around half the world', antipode, 20 * HOUR],
    ['a flight over a continent', { ...munich, latitude: 40, longitude: -3 }, 2 * HOUR],
    ['a jump across a town', { ...munich, latitude: 48.6 }, 1_000],
    ['a place that is as coarse as a country', { ...munich, latitude: 51, accuracy: 200_000 }, 60_000],
    ['no journey', munich, 0],
  ])('is none: %s', (_, place, time) => {
    expect(impossibleSpeed(munich, { ...place, time })).toBeUndefined();
  });
});
