import type { BrowserFamily, OsName } from '../visits/simulated-visit.ts';

/** How a browser presents its device: which of a model's facts a page is told, and what is noise. */
export type View = 'chromium' | 'webkit' | 'gecko' | 'brave' | 'resisting';

/** A browser as pages can tell it from others: its family, and whether it resists fingerprinting. */
export type Look = { family: BrowserFamily; view: View };

/** In a fixed order: the trait `family` is a place in this list. */
export const looks: readonly Look[] = [
  { family: 'Chrome', view: 'chromium' },
  { family: 'Edge', view: 'chromium' },
  { family: 'Safari', view: 'webkit' },
  { family: 'Firefox', view: 'gecko' },
  { family: 'Samsung Internet', view: 'chromium' },
  { family: 'Opera', view: 'chromium' },
  { family: 'Brave', view: 'brave' },
  { family: 'Firefox', view: 'resisting' },
];

type Noised = { brave: number; resisting: number };
type Shares = readonly [chrome: number, edge: number, safari: number, firefox: number, samsung: number, opera: number];

/** Browsers' shares by system near StatCounter's of 2026. Every browser of iOS is counted as Safari: they share its engine. */
const SHARES: { [Os in OsName]: Shares } = {
  Windows: [0.72, 0.17, 0, 0.07, 0, 0.04],
  Android: [0.87, 0.01, 0, 0.01, 0.09, 0.02],
  iOS: [0, 0, 1, 0, 0, 0],
  macOS: [0.56, 0.03, 0.36, 0.05, 0, 0],
  Linux: [0.63, 0.02, 0, 0.34, 0, 0.01],
  ChromeOS: [1, 0, 0, 0, 0, 0],
};

/** Weights of {@link looks} on a system. Noised browsers take their share from all others. */
export const lookWeights = (os: OsName, { brave, resisting }: Noised): number[] => {
  const noised = os === 'iOS' || os === 'ChromeOS' ? [0, 0] : [brave, os === 'Android' ? 0 : resisting];
  const rest = 1 - (noised[0] ?? 0) - (noised[1] ?? 0);
  return [...SHARES[os].map((share) => share * rest), ...noised];
};
