import { mobileSignal } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

/** Whether someone reads the app's traffic on the way. Android and iOS. */
export const judgeMitmAttack: SignalJudge<'mitmAttack'> = mobileSignal(['android', 'ios'], {});
