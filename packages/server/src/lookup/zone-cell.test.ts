import { proximityRadii } from '@whorl/contract';
import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { zoneCell } from './zone-cell.ts';

const MUNICH = { latitude: 48.1374, longitude: 11.5755 };

/** Metres to degrees of latitude. */
const north = (metres: number) => metres / 111_195;

describe('the zone of a place', () => {
  it.each([
    [0.5, 10],
    [10, 10],
    [10.01, 25],
    [14, 25],
    [65, 65],
    [100, 175],
    [450, 450],
    [1_000, 1_200],
    [3_300, 3_300],
    [5_000, 8_500],
    [22_500, 22_500],
  ])('with an accuracy of %d m has a radius of %d m', (accuracy, radius) => {
    expect(zoneCell({ ...MUNICH, accuracy })?.radius).toBe(radius);
    expect(proximityRadii).toContain(radius);
  });

  it.each([0, 22_501, 21_000_000])('is none with an accuracy of %d m', (accuracy) => {
    expect(zoneCell({ ...MUNICH, accuracy })).toBeUndefined();
  });

  it('is shared by neighbours and not by those who are far', () => {
    const here = zoneCell({ ...MUNICH, accuracy: 100 });
    const street = zoneCell({ ...MUNICH, latitude: MUNICH.latitude + north(10), accuracy: 80 });
    const suburb = zoneCell({ ...MUNICH, latitude: MUNICH.latitude + north(2_000), accuracy: 100 });
    expect(street?.cell).toBe(here?.cell);
    expect(suburb?.cell).not.toBe(here?.cell);
  });

  it('is certain of a place that is known far better than the zone is wide', () => {
    // The middle of its cell, so that nothing is near a border.
    expect(zoneCell({ latitude: 48.13668, longitude: 11.57579, accuracy: 1.5 })?.chance).toBeGreaterThan(0.5);
    expect(zoneCell({ ...MUNICH, accuracy: 26 })?.chance).toBeGreaterThan(
      zoneCell({ ...MUNICH, accuracy: 65 })?.chance ?? 1,
    );
  });

  it('is told wherever on the globe, however exact the place is', () => {
    const degrees = [-1, -0.999_999_9, -0.5, -1e-300, 0, 0.25, 1];
    for (const accuracy of [Number.MIN_VALUE, 1e-9, 10, 22_500]) {
      for (const north of degrees) {
        for (const east of degrees) {
          const { chance } = zoneCell({ latitude: 90 * north, longitude: 180 * east, accuracy }) ?? {
            chance: Number.NaN,
          };
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it.each([
    ['a city', 48.1374, 11.5755],
    ['the line of dates', -16.8, 179.9999],
    ['a pole', 90, 0],
    ['near the other pole', -89.9999, -123.4],
    ['the equator', 0, 0],
    ['the corner of an icosahedron', 64.7, 10.536_199],
  ])('has a chance that agrees with drawn places: %s', (_, latitude, longitude) => {
    for (const accuracy of [9, 170, 22_000]) {
      const zone = zoneCell({ latitude, longitude, accuracy });
      const resolution = { 9: 12, 170: 9, 22000: 4 }[accuracy] ?? 0;
      expect(zone?.cell).toBe(latLngToCell(latitude, longitude, resolution));
      expect(Math.abs((zone?.chance ?? -1) - drawnChance(latitude, longitude, accuracy, resolution))).toBeLessThan(
        0.02,
      );
    }
  });
});

/** The share of places drawn about this one that lie in its cell: quantiles of the distance by directions. */
const drawnChance = (latitude: number, longitude: number, accuracy: number, resolution: number): number => {
  const own = latLngToCell(latitude, longitude, resolution);
  const deviation = accuracy / Math.sqrt(-2 * Math.log(0.32));
  let inside = 0;
  const [rings, directions] = [40, 48];
  for (let ring = 0; ring < rings; ring++) {
    const distance = deviation * Math.sqrt(-2 * Math.log(1 - (ring + 0.5) / rings));
    for (let at = 0; at < directions; at++) {
      const place = travelled(latitude, longitude, distance, (2 * Math.PI * at) / directions);
      if (latLngToCell(place.latitude, place.longitude, resolution) === own) inside++;
    }
  }
  return inside / (rings * directions);
};

/** Where one arrives who goes `distance` metres in a direction; by vectors, which are exact at the poles too. */
const travelled = (latitude: number, longitude: number, distance: number, bearing: number) => {
  const [phi, lambda, angle] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180, distance / 6_371_009];
  const [east, north] = [Math.sin(bearing) * Math.sin(angle), Math.cos(bearing) * Math.sin(angle)];
  const ahead = Math.cos(angle);
  const x =
    ahead * Math.cos(phi) * Math.cos(lambda) - east * Math.sin(lambda) - north * Math.sin(phi) * Math.cos(lambda);
  const y =
    ahead * Math.cos(phi) * Math.sin(lambda) + east * Math.cos(lambda) - north * Math.sin(phi) * Math.sin(lambda);
  const z = ahead * Math.sin(phi) + north * Math.cos(phi);
  return { latitude: (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, longitude: (Math.atan2(y, x) * 180) / Math.PI };
};
