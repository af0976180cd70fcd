import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const android = mobileDevices['plain Android'];

describeSignal('rootApps', {
  fires: {
    'rooted Android': appFacts(mobileDevices['rooted Android']),
    'rooted Android that hides the app for root': appFacts(mobileDevices['rooted Android that hides the app for root']),
    'a library’s check for apps': appFacts(android, { root: { checks: { detectRootManagementApps: true } } }),
    'a library’s check for an su': appFacts(android, { root: { checks: { checkForRootNative: true, x: false } } }),
    'an su in a build for users': appFacts(android, { root: { suPaths: ['/system/xbin/su'] } }),
  },
  quiet: {
    'a browser': factsOf(chromiumLinux),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
    'plain Android': appFacts(mobileDevices['plain Android']),
    'Android with another system of the owner’s, without root': appFacts(
      mobileDevices['Android with another system of the owner’s, without root'],
    ),
    'emulator of Android Studio': appFacts(mobileDevices['emulator of Android Studio']),
    'a library whose checks found nothing': appFacts(android, {
      root: { checks: { detectRootManagementApps: false, checkForSuBinary: false, detectTestKeys: false } },
    }),
    'a library that saw test keys and a writable system': appFacts(android, {
      root: { packages: [], checks: { detectTestKeys: true, checkForRWPaths: true, checkForDangerousProps: true } },
    }),
    'a library that saw the su of a build for development': appFacts(android, {
      device: { type: 'userdebug' },
      root: { checks: { checkSuExists: true } },
    }),
    'an app of another kind': appFacts(android, {
      root: { packages: ['com.example.root', 'constructor', '__proto__'] },
    }),
  },
  lacks: {
    'an app on Android that sent nothing': silentApp('android'),
    'no probe that ran': appFacts(android, { root: {} }),
    'checks that are not known': appFacts(android, { root: { checks: { isRooted: true, constructor: true } } }),
    'checks of the system alone': appFacts(android, { root: { checks: { detectTestKeys: true } } }),
    'properties alone': appFacts(android, { root: { properties: { 'ro.debuggable': '1' }, systemWritable: true } }),
  },
});

describe('rootApps', () => {
  it('is surer of an app than of an su', () => {
    const byApp = judged('rootApps', appFacts(android, { root: { packages: ['me.weishu.kernelsu'] } }));
    const bySu = judged('rootApps', appFacts(android, { root: { suPaths: ['/system/xbin/su'] } }));
    expect(byApp.confidence).toBe(0.9);
    expect(bySu.confidence).toBe(0.7);
  });
});
