import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
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
    'a well-known board without probes': appFacts(mobileDevices['emulator of Android Studio'], { emulator: undefined }),
    'a board of Genymotion without probes': appFacts(android, {
      emulator: undefined,
      device: { model: 'Pixel 8', hardware: 'vbox86' },
    }),
    'a well-known board whose sender ran no probe but a harmless one': appFacts(
      mobileDevices['emulator of Android Studio'],
      { emulator: { files: [] } },
    ),
    'simulator of iOS': appFacts(mobileDevices['simulator of iOS']),
  },
  quiet: {
    'a browser': factsOf(chromiumLinux),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
    'an app for iOS on a Mac': appFacts(mobileDevices['plain iOS'], { device: { model: 'arm64', simulator: false } }),
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
    'a plain build alone': appFacts(android, { emulator: undefined }),
    'names of the build without a board': appFacts(android, {
      emulator: undefined,
      device: { model: 'sdk_gphone64_x86_64' },
    }),
    'names of the build with a harmless probe alone': appFacts(android, {
      emulator: { files: [] },
      device: { model: 'sdk_gphone64_x86_64', product: 'sdk_gphone64_x86_64' },
    }),
    'a harmless probe, and no build': appFacts(android, { emulator: { files: [] }, device: undefined }),
    'an app on iOS that sent nothing': silentApp('ios'),
    'an iPhone that does not say whether it is one': appFacts(mobileDevices['plain iOS'], {
      device: { model: 'arm64' },
    }),
  },
});

describe('emulator', () => {
  it('counts the groups that agree', () => {
    const { evidence } = judged('emulator', appFacts(mobileDevices['emulator of Android Studio']));
    expect(evidence).toContainEqual(
      expect.objectContaining({ fact: 'independent groups of facts that speak of an emulator', value: 4 }),
    );
  });

  const withoutProbes = (hardware: string) =>
    judged('emulator', appFacts(android, { emulator: undefined, device: { hardware, model: 'Emulator' } }));

  it('is less sure of a board alone than of any two groups', () => {
    const twoLeast = judged(
      'emulator',
      appFacts(android, { emulator: { sensors: [] }, device: { hardware: 'ranchu' } }),
    );
    const alone = ['goldfish', 'ranchu', 'vbox86', 'cutf_cvm'].map((hardware) => withoutProbes(hardware));
    for (const { state, confidence, evidence } of alone) {
      expect(state).toBe('detected');
      expect(confidence).toBeLessThan(twoLeast.confidence);
      expect(evidence.map(({ fact }) => fact)).toContain('app’s section emulator was not sent');
    }
  });

  it('shows the names of a build that nothing agrees with, and says why it cannot tell', () => {
    expect(withoutProbes('shiba')).toMatchObject({
      state: 'unknown',
      evidence: [
        { fact: 'build is named like that of an emulator', value: { model: 'Emulator' }, weight: 0.7 },
        { fact: 'app’s section emulator was not sent' },
      ],
    });
    expect(judged('emulator', appFacts(android, { emulator: undefined })).evidence.map(({ fact }) => fact)).toEqual([
      'names of the build are no proof of a telephone',
      'app’s section emulator was not sent',
    ]);
  });

  it('gives the suspect score of an emulator to Apple’s simulator', () => {
    const { suspectScore } = judge(appFacts(mobileDevices['simulator of iOS']));
    expect(suspectScore.evidence).toContainEqual(expect.objectContaining({ fact: 'emulator', weight: 9 }));
  });
});
