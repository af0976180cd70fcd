import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf, NOON } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const android = mobileDevices['plain Android'];
const ios = mobileDevices['plain iOS'];

describeSignal('factoryReset', {
  fires: {
    'plain Android': appFacts(mobileDevices['plain Android']),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
    'an app that came with the system': appFacts(android, { app: { id: 'a.b', firstInstall: Date.UTC(2009, 0, 1) } }),
  },
  quiet: {
    'a browser': factsOf(chromiumLinux),
  },
  lacks: {
    'an app on Android that sent nothing': silentApp('android'),
    'an app on iOS that sent nothing': silentApp('ios'),
    'no probe that ran': appFacts(android, { reset: {} }),
    'a date of the build': appFacts(android, { reset: { oldestFile: Date.UTC(2009, 0, 1) } }),
    'a date ahead': appFacts(android, { reset: { oldestFile: NOON + 60 * 60_000 } }),
    'an app that is older': appFacts(android, { reset: { oldestFile: NOON - 1 } }),
    'the last time there is': appFacts(ios, { reset: { oldestFile: 8.64e15 } }),
  },
});

describe('factoryReset', () => {
  it('gives the time in whole milliseconds, and 0 where it is not plausible', () => {
    const at = (oldestFile: number) =>
      judged('factoryReset', appFacts(ios, { app: undefined, reset: { oldestFile } })).data;
    expect(at(NOON - 1000.5)).toEqual({ timestamp: NOON - 1001 });
    expect(at(0)).toEqual({ timestamp: 0 });
    expect(at(NOON + 1e9)).toEqual({ timestamp: 0 });
  });
});
