import type { OsName } from './visits/simulated-visit.ts';

/** A world to simulate. Shares are 0..1 and, where they divide a whole, are scaled to add up to one. */
export type Scenario = {
  name: string;
  /** Of devices. */
  os: { [Os in OsName]: number };
  /** Country codes that visitors come from; all of them where missing, in their usual shares. */
  countries?: readonly string[];
  /** Of Windows devices, those that are clones of one image behind one office's address, and how many clones there are. */
  fleets: { share: number; smallest: number; largest: number };
  /** Multiplies every rate of change but those of browser and system releases. */
  drift: number;
  /** Of people, those who use private windows now and then, and of their visits. */
  privateWindows: { people: number; visits: number };
  /** Of desktop browsers on Windows, macOS, Linux and of Android's, those that add noise. */
  noised: { brave: number; resisting: number };
  /** Of people, those who mostly come through a provider of private networks. */
  vpn: number;
  /** Of browsers, new profiles that one machine makes by the hundred behind one address, each for a visit or two. */
  flood: { share: number; copiedTokens: number };
  /**
   * Of ordinary visits, those for which another browser's storage was copied to the machine, and of these, those for which one of
   * the same system and browser was chosen.
   */
  copying: { visits: number; alike: number };
  /** Of browsers, those that clear their storage at some time within ninety days. */
  clearing: number;
};

/** Shares of systems near StatCounter's of a mixed site in 2026. */
const MIXED_OS = { Windows: 0.38, Android: 0.26, iOS: 0.24, macOS: 0.09, Linux: 0.022, ChromeOS: 0.008 };

const webMix: Scenario = {
  name: 'web-mix',
  os: MIXED_OS,
  fleets: { share: 0.14, smallest: 50, largest: 2000 },
  drift: 1,
  privateWindows: { people: 0.13, visits: 0.4 },
  noised: { brave: 0.025, resisting: 0.004 },
  vpn: 0.04,
  flood: { share: 0, copiedTokens: 0 },
  copying: { visits: 0, alike: 0 },
  clearing: 0.32,
};

/** The three worlds of the report. `web-mix` is the headline. */
export const scenarios = {
  easy: {
    ...webMix,
    name: 'easy',
    fleets: { share: 0.02, smallest: 50, largest: 200 },
    drift: 0.3,
    privateWindows: { people: 0.05, visits: 0.3 },
    noised: { brave: 0.005, resisting: 0.001 },
    vpn: 0.01,
  },
  'web-mix': webMix,
  hostile: {
    ...webMix,
    name: 'hostile',
    os: { ...MIXED_OS, Windows: 0.55, Android: 0.2, iOS: 0.15 },
    fleets: { share: 0.6, smallest: 200, largest: 2000 },
    drift: 1.5,
    privateWindows: { people: 0.25, visits: 0.5 },
    noised: { brave: 0.08, resisting: 0.03 },
    vpn: 0.25,
    flood: { share: 0.05, copiedTokens: 0.5 },
    copying: { visits: 0.02, alike: 0.5 },
    clearing: 0.5,
  },
} as const satisfies { [name: string]: Scenario };

export type ScenarioName = keyof typeof scenarios;

/**
 * Seeds for tuning and for the report. Nothing that is tuned, learnt as a shipped prior, or looked at while changing the
 * matcher may use a report seed.
 */
export const tuningSeeds = [1, 2, 3, 4, 5] as const;
export const reportSeeds = [101, 102, 103, 104, 105] as const;
