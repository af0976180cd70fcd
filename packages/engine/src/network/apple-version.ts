import { claimedClient } from './claimed-client.ts';

/**
 * Version of Safari or of iOS in a user agent string of a WebKit on Apple's systems, as major times 100 plus minor
 * (`16.4` is 1604); null for anything else. On iOS the system's version is the engine's, whatever the browser's name.
 */
export const appleVersion = (userAgent: string): number | null => {
  const { engine, os } = claimedClient(userAgent);
  if (engine !== 'webkit' || (os !== 'Mac' && os !== 'iOS')) return null;
  const read = (pattern: RegExp): number[] => {
    const [, major, minor = '0'] = pattern.exec(userAgent) ?? [];
    return major === undefined ? [] : [Number(major) * 100 + Number(minor)];
  };
  // From 26 on Safari leaves the system's version at 18.6, so the higher of the two is nearer to the truth.
  const versions = [
    ...read(/\bVersion\/(\d{1,3})(?:\.(\d{1,2}))?/),
    ...(os === 'iOS' ? read(/\bOS (\d{1,3})(?:_(\d{1,2}))?/) : []),
  ];
  return versions.length === 0 ? null : Math.max(...versions);
};
