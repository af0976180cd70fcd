import { cellToBoundary, latLngToCell } from 'h3-js';

/**
 * Radii of zones in metres, finest first, each with the resolution of H3 whose cells have about such a circumradius: the
 * radii are those that readers of the Server API know, and follow H3's lengths of edges.
 * https://h3geo.org/docs/core-library/restable/
 */
const ZONES = [
  { radius: 10, resolution: 12 },
  { radius: 25, resolution: 11 },
  { radius: 65, resolution: 10 },
  { radius: 175, resolution: 9 },
  { radius: 450, resolution: 8 },
  { radius: 1200, resolution: 7 },
  { radius: 3300, resolution: 6 },
  { radius: 8500, resolution: 5 },
  { radius: 22_500, resolution: 4 },
] as const;

/** A place as a device reports it: degrees of WGS 84, and the radius in metres that holds it with a chance of 68 %. */
export type ReportedPlace = { latitude: number; longitude: number; accuracy: number };

/** A cell of the earth's surface, the radius it stands for in metres, and the chance, 0..1, that the device is in it. */
export type ZoneCell = { cell: string; radius: number; chance: number };

/** Mean radius of the earth in metres (IUGG). */
const EARTH = 6_371_009;

/** How many standard deviations the radius of 68 % is of a normal distribution in the plane: 1 - exp(-r²/2) = .68. */
const DEVIATIONS = Math.sqrt(-2 * Math.log(1 - 0.68));

/** Rays by which a cell is measured: with 36, the chance is right to a hundredth. */
const RAYS = 36;

type Point = { x: number; y: number };

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres east and north of `from`, by the gnomonic projection: sides of cells stay straight, at the poles too. */
const projectedFrom = (from: { latitude: number; longitude: number }) => {
  const phi = radians(from.latitude);
  return ([latitude, longitude]: readonly [number, number]): Point => {
    const [there, away] = [radians(latitude), radians(longitude - from.longitude)];
    const scale = EARTH / (Math.sin(phi) * Math.sin(there) + Math.cos(phi) * Math.cos(there) * Math.cos(away));
    return {
      x: scale * Math.cos(there) * Math.sin(away),
      y: scale * (Math.cos(phi) * Math.sin(there) - Math.sin(phi) * Math.cos(there) * Math.cos(away)),
    };
  };
};

/** How far the side from `a` to `b` is from the origin along a ray; infinite where the ray misses it. */
const alongRay = (a: Point, b: Point, ray: Point): number => {
  const side = { x: b.x - a.x, y: b.y - a.y };
  const across = ray.x * side.y - ray.y * side.x;
  if (across === 0) return Number.POSITIVE_INFINITY;
  const distance = (a.x * side.y - a.y * side.x) / across;
  const share = (a.x * ray.y - a.y * ray.x) / across;
  return distance >= 0 && share >= 0 && share <= 1 ? distance : Number.POSITIVE_INFINITY;
};

/**
 * The chance that a normal distribution about the origin falls within the polygon, which holds the origin and is convex:
 * along each ray, what lies nearer than the side.
 */
const chanceWithin = (corners: readonly Point[], deviation: number): number => {
  let sum = 0;
  for (let ray = 0; ray < RAYS; ray++) {
    const angle = (2 * Math.PI * (ray + 0.5)) / RAYS;
    const direction = { x: Math.cos(angle), y: Math.sin(angle) };
    let nearest = Number.POSITIVE_INFINITY;
    corners.forEach((corner, at) => {
      const next = corners[(at + 1) % corners.length] ?? corner;
      nearest = Math.min(nearest, alongRay(corner, next, direction));
    });
    // A place on the very border may miss every side of its own cell along a ray: nothing of the cell lies there.
    if (Number.isFinite(nearest)) sum += 1 - Math.exp(-0.5 * (nearest / deviation) ** 2);
  }
  return sum / RAYS;
};

/**
 * The finest zone that a place can be told by: the one whose radius is the accuracy or more. Undefined where the accuracy
 * is 0, which is what systems say when they do not know it, or coarser than the largest zone. Pure.
 */
export const zoneCell = ({ latitude, longitude, accuracy }: ReportedPlace): ZoneCell | undefined => {
  const zone = accuracy > 0 ? ZONES.find(({ radius }) => radius >= accuracy) : undefined;
  if (zone === undefined) return undefined;
  const cell = latLngToCell(latitude, longitude, zone.resolution);
  const corners = cellToBoundary(cell).map(([lat = 0, lng = 0]) => projectedFrom({ latitude, longitude })([lat, lng]));
  return { cell, radius: zone.radius, chance: chanceWithin(corners, accuracy / DEVIATIONS) };
};
