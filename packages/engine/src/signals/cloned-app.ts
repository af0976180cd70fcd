import { mobileSignal } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

/** Whether the app is a clone of the installed one. Android only. */
export const judgeClonedApp: SignalJudge<'clonedApp'> = mobileSignal(['android'], {});
