import type { SourceValue } from '@whorl/contract';
import { wideNavigator } from '../browser-types.ts';
import { now, pause } from '../clock.ts';
import type { Source } from './source.ts';

/** Readings in a row at most: some 3 ms, in which every ordinary clock has ticked, Firefox's by the millisecond. */
const READINGS = 100_000;
const TICKS = 2;
/** Slow clocks tick every 16.67 or 33 ms: seen only by coming back. */
const VISITS = 30;
const VISIT = 4;
const FINEST = 1e-6;

const smallestStep = (readings: Iterable<number>): number | undefined => {
  let smallest: number | undefined;
  let previous: number | undefined;
  for (const reading of readings) {
    const step = previous === undefined ? 0 : reading - previous;
    if (step > FINEST && (smallest === undefined || step < smallest)) smallest = step;
    previous = reading;
  }
  return smallest;
};

const inOneGo = (): number[] => {
  const readings = [now()];
  for (let count = 0; count < READINGS && readings.length <= TICKS; count++) {
    const reading = now();
    if (reading !== readings[readings.length - 1]) readings.push(reading);
  }
  return readings;
};

const clockStep = async (): Promise<number | undefined> => {
  const quick = smallestStep(inOneGo());
  if (quick !== undefined) return quick;
  const readings: number[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    readings.push(now());
    await pause(VISIT);
  }
  return smallestStep(readings);
};

/** Settings and habits that tell browsers which resist fingerprinting from plain ones. */
export const privacy: Source<SourceValue<'privacy'>> = {
  once: true,
  collect: async () => {
    const { brave, globalPrivacyControl, doNotTrack } = wideNavigator();
    const step = await clockStep();
    return {
      brave: brave !== undefined,
      ...(step === undefined ? {} : { clockStep: Math.round(step * 1e4) / 1e4 }),
      ...(typeof globalPrivacyControl === 'boolean' ? { globalPrivacyControl } : {}),
      ...(typeof doNotTrack === 'string' ? { doNotTrack } : {}),
      screenEqualsWindow: screen.width === innerWidth && screen.height === innerHeight,
    };
  },
};
