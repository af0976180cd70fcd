import { mobileSignal } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

/** Whether Frida instruments the app. Android and iOS. */
export const judgeFrida: SignalJudge<'frida'> = mobileSignal(['android', 'ios'], {});
