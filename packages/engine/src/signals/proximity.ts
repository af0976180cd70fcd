import { sectionValue } from '../facts.ts';
import { mobileSignal, reported, sectionMissing } from './mobile-signal.ts';
import { type SignalJudge, unknown } from './signal-judge.ts';

/**
 * Which devices are near each other, by the location that the app may read. Always unknown for an app: the cells of the
 * earth's surface that devices would share are not computed yet. Android and iOS.
 */
export const judgeProximity: SignalJudge<'proximity'> = mobileSignal(['android', 'ios'], {}, (facts) => {
  const location = sectionValue(facts, 'location');
  return unknown({}, [
    location?.latitude === undefined || location.longitude === undefined
      ? sectionMissing(facts, 'location')
      : // The place itself stays out of the evidence, which has more readers than the attributes.
        reported('a place was shared; the zones that devices share are not computed yet', null, 0),
  ]);
});
