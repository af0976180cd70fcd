import type { BlockingKey, Features } from './identity.ts';

/** The attributes of the exact key, in a fixed order. */
const STABLE = [
  'os',
  'browser',
  'device',
  'platform',
  'architecture',
  'gpu',
  'gpuLimits',
  'canvas',
  'audio',
  'fonts',
  'screen',
  'colorDepth',
  'colorGamut',
  'cores',
  'memory',
  'timezone',
  'language',
  'locale',
  'touch',
  'math',
] as const;

/**
 * With fewer attributes than this, or with none that comes from the machine's drawing and fonts, an exact match means
 * little: two browsers that refuse everything would become one visitor.
 */
const FEWEST = 10;
const TELLING = ['gpu', 'gpuLimits', 'canvas', 'audio', 'fonts'] as const;

/**
 * The blocking keys of an observation. For now one, over all stable attributes: visitors are compared only when every
 * one of them agrees. Empty when too little is known to compare at all.
 */
export const block = (features: Features): BlockingKey[] => {
  const present = STABLE.filter((name) => features[name] !== undefined);
  const telling = TELLING.some((name) => features[name] !== undefined);
  if (present.length < FEWEST || !telling) return [];
  return [{ name: 'stable', material: present.map((name) => `${name}=${features[name]}`).join('\n') }];
};
