import { mobileSignal } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

/** When the device was last reset, unix milliseconds; 0 when never or not known. Android and iOS. */
export const judgeFactoryReset: SignalJudge<'factoryReset'> = mobileSignal(['android', 'ios'], { timestamp: 0 });
