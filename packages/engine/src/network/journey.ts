/** A place as an app reported it: degrees of WGS 84, the accuracy in metres, and the event's time in unix milliseconds. */
export type PlaceFacts = { latitude: number; longitude: number; accuracy: number; time: number };

/** Mean radius of the earth, kilometres (IUGG). */
const EARTH = 6_371.009;

/** Airliners cruise at 900 km/h, and at 1,200 over ground with the strongest jet streams behind them. */
const FASTEST = 1_200;

/** Kilometres below which a jump is one of the system: between masts, addresses and satellites. */
const SHORTEST = 100;

/** Hours by which two places may be further apart in time than their events: systems give places that they knew before. */
const STALE = 0.1;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres between two places along the surface of a sphere, by the haversine. */
export const distanceOf = (one: Omit<PlaceFacts, 'time'>, two: Omit<PlaceFacts, 'time'>): number => {
  const [phi, psi] = [radians(one.latitude), radians(two.latitude)];
  const [up, across] = [(psi - phi) / 2, radians(two.longitude - one.longitude) / 2];
  const chord = Math.sin(up) ** 2 + Math.cos(phi) * Math.cos(psi) * Math.sin(across) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(chord)));
};

/**
 * The speed, km/h, that a device must have had at least to get from one place to the other, where nothing carries people so
 * fast; undefined where the journey was possible. Twice each accuracy, which holds a place with 95 %, is taken off the way.
 */
export const impossibleSpeed = (earlier: PlaceFacts, now: PlaceFacts): number | undefined => {
  const way = distanceOf(earlier, now) - (2 * (earlier.accuracy + now.accuracy)) / 1000;
  const speed = way / (Math.max(0, now.time - earlier.time) / 3_600_000 + STALE);
  return way >= SHORTEST && speed > FASTEST ? Math.round(speed) : undefined;
};
