import { mobileSignal } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

/** Whether apps that need root are installed. Android only. */
export const judgeRootApps: SignalJudge<'rootApps'> = mobileSignal(['android'], {});
