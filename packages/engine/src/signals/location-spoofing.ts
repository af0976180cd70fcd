import type { Evidence, MobileSection } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import { impossibleSpeed } from '../network/journey.ts';
import { type Finding, ran, reported, sectionVerdict } from './mobile-signal.ts';
import type { SignalFacts, SignalJudge } from './signal-judge.ts';

type Location = MobileSection<'location'>;

/** A journey since the last visit that nothing carries people so fast on. */
const journeyFacts = (
  { latitude, longitude, accuracy = 0 }: Location,
  { earlierPlace, time }: SignalFacts,
): Evidence[] => {
  if (earlierPlace === undefined || latitude === undefined || longitude === undefined) return [];
  const speed = impossibleSpeed(earlierPlace, { latitude, longitude, accuracy, time });
  return speed === undefined
    ? []
    : [evidence('place is too far from that of the visit before (km/h)', speed, 0.5, 'store')];
};

const look = (location: Location, facts: SignalFacts): Finding | undefined => {
  const { mock, simulated, accessory, providerApps = [] } = location;
  if (!ran(mock, simulated)) return undefined;
  const found: Evidence[] = [];
  if (mock !== undefined) found.push(reported('system says that an app made the place up', mock, mock ? 0.85 : -0.3));
  if (simulated !== undefined) {
    found.push(reported('system says that software simulates the place', simulated, simulated ? 0.85 : -0.3));
  }
  if (accessory === true) found.push(reported('place comes from a receiver outside of the device', true, 0));
  if (providerApps.length > 0) {
    found.push(reported('apps that may set the place are installed', providerApps.slice(0, 8), 0.3));
  }
  found.push(...journeyFacts(location, facts));
  return { found };
};

/**
 * Whether the device's location is made up, by what the system says of it. That an app is installed which could do so
 * is not enough, and neither is an impossible journey since the visit before; both together are. Android and iOS.
 */
export const judgeLocationSpoofing: SignalJudge<'locationSpoofing'> = sectionVerdict(
  ['android', 'ios'],
  'location',
  look,
);
