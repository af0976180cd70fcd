import { isoTime } from '../evidence.ts';
import { sectionValue } from '../facts.ts';
import { foundShare, mobileSignal, reported, sectionMissing, standing } from './mobile-signal.ts';
import { detected, type SignalFacts, type SignalJudge, unknown } from './signal-judge.ts';

/**
 * Builds give files fixed dates (1970, 1980, 2009), which say nothing of the device. No telephone in use was set up
 * before 2010.
 */
const EARLIEST = Date.UTC(2010, 0, 1);

/** How far ahead of the server's a device's clock may be, milliseconds. */
const CLOCK_AHEAD = 10 * 60_000;

/** What is wrong with a time as that of the last reset; undefined where nothing is. */
const faultOf = (oldest: number, { time }: SignalFacts, firstInstall: number | undefined): string | undefined => {
  if (oldest < EARLIEST) return 'time is one that builds give to their files';
  if (oldest > time + CLOCK_AHEAD) return 'time lies ahead';
  // Apps that came with the system carry the build's date.
  const installed = firstInstall !== undefined && firstInstall >= EARLIEST ? firstInstall : undefined;
  return installed !== undefined && installed < oldest ? 'app was installed before' : undefined;
};

/**
 * When the device was last reset or set up, unix milliseconds, by the oldest file that the system writes then; 0 where
 * that is not known or not plausible. By the device's clock. Android and iOS.
 */
export const judgeFactoryReset: SignalJudge<'factoryReset'> = mobileSignal(
  ['android', 'ios'],
  { timestamp: 0 },
  (facts) => {
    const oldest = sectionValue(facts, 'reset')?.oldestFile;
    if (oldest === undefined) return unknown({ timestamp: 0 }, [sectionMissing(facts, 'reset')]);
    const written = isoTime(oldest) ?? null;
    const fault = faultOf(oldest, facts, sectionValue(facts, 'app')?.firstInstall);
    if (fault !== undefined) {
      return unknown({ timestamp: 0 }, [reported(`oldest file of the system is not plausible: ${fault}`, written, 0)]);
    }
    const found = [reported('oldest file of the system', written, 0.6), ...standing(facts)];
    return detected({ timestamp: Math.floor(oldest) }, foundShare(0.6), found);
  },
);
