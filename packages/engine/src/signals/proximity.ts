import type { Evidence } from '@whorl/contract';
import { sectionValue } from '../facts.ts';
import { foundShare, mobileSignal, reported, sectionMissing, standing } from './mobile-signal.ts';
import { detected, type SignalFacts, type SignalJudge, unknown } from './signal-judge.ts';

/** Why a device is in no zone. The place itself stays out of the evidence, which has more readers than the attributes. */
const whyNone = (facts: SignalFacts): Evidence => {
  const location = sectionValue(facts, 'location');
  if (location?.latitude === undefined || location.longitude === undefined) return sectionMissing(facts, 'location');
  return reported('place is too coarse for a zone, or its accuracy (m) is not known', location.accuracy ?? null, 0);
};

/**
 * Which devices are near each other, by the location that the app may read: those of a workspace whose zones have the same
 * id. Unknown without a place, and where the system says that the place is made up: the zone would be one that the device
 * is not in. The confidence is the chance that the device is in the zone, capped like all that an app reports. Android and
 * iOS.
 */
export const judgeProximity: SignalJudge<'proximity'> = mobileSignal(['android', 'ios'], {}, (facts) => {
  const { zone } = facts;
  if (zone === undefined || zone.chance <= 0) return unknown({}, [whyNone(facts)]);
  const location = sectionValue(facts, 'location');
  if (location?.mock === true || location?.simulated === true) {
    return unknown({}, [reported('system says that the place is made up', true, 0)]);
  }
  const confidence = foundShare(zone.chance);
  const { id, radius: precisionRadius } = zone;
  return detected({ id, precisionRadius, confidence }, confidence, [
    reported('place lies in a zone of this radius (m)', precisionRadius, confidence),
    reported('accuracy of the place (m)', location?.accuracy ?? null, 0),
    ...standing(facts),
  ]);
});
