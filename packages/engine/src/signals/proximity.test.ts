import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const zone = { id: 'w1aTfd4MCvlq0Zx9', radius: 25, chance: 0.71 };
const android = { ...appFacts(mobileDevices['plain Android']), zone };
const ios = { ...appFacts(mobileDevices['plain iOS']), zone };

describeSignal('proximity', {
  fires: { 'plain Android': android, 'plain iOS': ios },
  quiet: {
    'a browser': factsOf(chromiumLinux),
    'a browser that sends a place': { ...android, platform: 'js' },
  },
  lacks: {
    'an app on Android that sent nothing': silentApp('android'),
    'an app on iOS that sent nothing': silentApp('ios'),
    'a place that no zone is as coarse as': appFacts(mobileDevices['plain Android']),
    'Android with a made-up place': { ...appFacts(mobileDevices['Android with a made-up place']), zone },
    'iOS with a made-up place': { ...appFacts(mobileDevices['iOS with a made-up place']), zone },
  },
});

describe('proximity', () => {
  it('shows the zone, its radius and the chance of being in it', () => {
    expect(judged('proximity', android)).toMatchObject({
      confidence: 0.71,
      data: { id: zone.id, precisionRadius: 25, confidence: 0.71 },
    });
  });

  it('is believed no more than all that an app reports', () => {
    const { data, confidence } = judged('proximity', { ...ios, zone: { ...zone, chance: 1 } });
    expect([data.confidence, confidence]).toEqual([0.9, 0.9]);
  });

  it.each([
    ['in a zone', android],
    ['made up', { ...appFacts(mobileDevices['Android with a made-up place']), zone }],
    ['without a zone', appFacts(mobileDevices['plain Android'])],
  ])('keeps the place out of its evidence: %s', (_, facts) => {
    const { evidence } = judged('proximity', facts);
    expect(JSON.stringify(evidence)).not.toMatch(/48\.13|11\.57/);
  });

  it('says why there is no zone', () => {
    const facts = appFacts(mobileDevices['plain Android'], { location: { latitude: 1, longitude: 1 } });
    expect(judged('proximity', facts).evidence).toEqual([
      expect.objectContaining({ fact: expect.stringContaining('too coarse for a zone'), value: null }),
    ]);
  });
});
