import { mobileSignal } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

/** Whether the app runs in an emulator. Android only. */
export const judgeEmulator: SignalJudge<'emulator'> = mobileSignal(['android'], {});
