import type { Evidence } from '@whorl/contract';
import type { Features } from './features.ts';
import type { Claim } from './identity.ts';

const differs = (a: Features, b: Features, name: string): boolean =>
  a[name] !== undefined && b[name] !== undefined && a[name] !== b[name];

/**
 * Attributes of the machine, none of which a browser update touches. One may change (a new screen, a driver, a resized
 * virtual machine); three do not at once.
 */
const MACHINE = ['platform', 'architecture', 'gpu', 'cores', 'memory', 'screen', 'touch'] as const;
const MACHINE_LIMIT = 3;

/**
 * Whether one and the same phone claims to be a desktop in one of the two: asked for the desktop version of a site, Android's
 * browsers call themselves Linux and leave out that they are mobile. The processor tells.
 */
const isDesktopSite = (a: Features, b: Features): boolean =>
  a.platform === b.platform &&
  /^Linux (arm|aarch64)/.test(a.platform ?? '') &&
  [a.os, b.os].sort().join() === 'Android,Linux';

/** Whether enough is known of a browser to check a token by. */
const isTelling = (features: Features): boolean =>
  features.os !== undefined &&
  features.browser !== undefined &&
  MACHINE.filter((name) => features[name] !== undefined).length >= MACHINE_LIMIT;

/**
 * Whether a token that nothing contradicts can be relied on. One that comes with little to compare may be a copy whose
 * thief keeps silent; where it is the visitor who showed little before, there was nothing worth stealing. Nor can one where a
 * phone claims to be a desktop: much else of it would be learnt wrongly.
 */
export const canRelyOnToken = (claim: Claim, observed: Features): boolean =>
  !isDesktopSite(claim.features, observed) && (isTelling(observed) || !isTelling(claim.features));

/**
 * Whether a token can have grown in this browser. A token lives in one browser's storage, so neither the system nor the
 * browser can change under it, and the machine only by degrees. Returns what contradicts; empty means believable.
 */
export const checkToken = (claim: Claim, observed: Features): Evidence[] => {
  const contradiction = (name: string, weight: number): Evidence => ({
    fact: `${name} differs from that of the token's visitor`,
    value: { was: claim.features[name] ?? null, is: observed[name] ?? null },
    weight,
    from: 'store',
  });
  const found: Evidence[] = [];
  for (const name of isDesktopSite(claim.features, observed) ? [] : (['os', 'browser'] as const)) {
    if (differs(claim.features, observed, name)) found.push(contradiction(name, 1));
  }
  const machine = MACHINE.filter((name) => differs(claim.features, observed, name));
  if (machine.length >= MACHINE_LIMIT) found.push(...machine.map((name) => contradiction(name, 1 / MACHINE_LIMIT)));
  return found;
};
