import { mobileSignal } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

/** Whether the device is jailbroken. iOS only. */
export const judgeJailbroken: SignalJudge<'jailbroken'> = mobileSignal(['ios'], {});
