import { mobileSignal } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

/** Which devices are near each other, by the location that the app may read. Android and iOS. */
export const judgeProximity: SignalJudge<'proximity'> = mobileSignal(['android', 'ios'], {});
