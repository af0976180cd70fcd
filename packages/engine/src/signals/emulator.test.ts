import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const android = mobileDevices['plain Android'];

describeSignal('emulator', {
  fires: {
    'emulator of Android Studio': appFacts(mobileDevices['emulator of Android Studio']),
    'emulator named like a telephone': appFacts(mobileDevices['emulator named like a telephone']),
    'a build without its probes of properties': appFacts(mobileDevices['emulator of Android Studio'], {
      emulator: { files: ['/dev/qemu_pipe'] },
    }),
  },
  quiet: {
    'a browser': factsOf(chromiumLinux),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
    'plain Android': appFacts(mobileDevices['plain Android']),
    'television box without sensors': appFacts(mobileDevices['television box without sensors']),
    'a build from source on a telephone': appFacts(android, {
      device: { hardware: 'ranchu', model: 'sdk_gphone64_arm64' },
    }),
    'properties that say no': appFacts(android, {
      emulator: { properties: { 'ro.kernel.qemu': '0', 'ro.boot.qemu': '' }, sensors: [] },
    }),
  },
  lacks: {
    'an app on Android that sent nothing': silentApp('android'),
    'no probe that ran': appFacts(android, { emulator: {} }),
    'the build alone': appFacts(mobileDevices['emulator of Android Studio'], { emulator: undefined }),
  },
});

describe('emulator', () => {
  it('counts the groups that agree', () => {
    const { evidence } = judged('emulator', appFacts(mobileDevices['emulator of Android Studio']));
    expect(evidence).toContainEqual(
      expect.objectContaining({ fact: 'independent groups of facts that speak of an emulator', value: 4 }),
    );
  });
});
