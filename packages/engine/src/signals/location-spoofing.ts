import { mobileSignal } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

/** Whether the device's location is made up. Android and iOS. */
export const judgeLocationSpoofing: SignalJudge<'locationSpoofing'> = mobileSignal(['android', 'ios'], {});
