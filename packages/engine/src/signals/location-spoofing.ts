import type { MobileSection } from '@whorl/contract';
import { type Finding, ran, reported, sectionVerdict } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

const look = ({ mock, simulated, accessory, providerApps = [] }: MobileSection<'location'>): Finding | undefined => {
  if (!ran(mock, simulated)) return undefined;
  const found = [];
  if (mock !== undefined) found.push(reported('system says that an app made the place up', mock, mock ? 0.85 : -0.3));
  if (simulated !== undefined) {
    found.push(reported('system says that software simulates the place', simulated, simulated ? 0.85 : -0.3));
  }
  if (accessory === true) found.push(reported('place comes from a receiver outside of the device', true, 0));
  if (providerApps.length > 0) {
    found.push(reported('apps that may set the place are installed', providerApps.slice(0, 8), 0.3));
  }
  return { found };
};

/**
 * Whether the device's location is made up, by what the system says of it. That an app is installed which could do so
 * is not enough. Whether the place is plausible is not judged. Android and iOS.
 */
export const judgeLocationSpoofing: SignalJudge<'locationSpoofing'> = sectionVerdict(
  ['android', 'ios'],
  'location',
  look,
);
