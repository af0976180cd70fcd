import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const android = mobileDevices['plain Android'];
const ios = mobileDevices['plain iOS'];

describeSignal('locationSpoofing', {
  fires: {
    'Android with a made-up place': appFacts(mobileDevices['Android with a made-up place']),
    'iOS with a made-up place': appFacts(mobileDevices['iOS with a made-up place']),
  },
  quiet: {
    'a browser': factsOf(chromiumLinux),
    'plain Android': appFacts(mobileDevices['plain Android']),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
    'Android with an app that could make up a place': appFacts(
      mobileDevices['Android with an app that could make up a place'],
    ),
    'a receiver outside of the device': appFacts(ios, { location: { simulated: false, accessory: true } }),
  },
  lacks: {
    'an app on Android that sent nothing': silentApp('android'),
    'an app on iOS that sent nothing': silentApp('ios'),
    'a place without the flags': appFacts(android, {
      location: { latitude: 1, longitude: 1, providerApps: ['com.lexa.fakegps'] },
    }),
  },
});

describe('locationSpoofing', () => {
  it('keeps the place out of its evidence', () => {
    const { evidence } = judged('locationSpoofing', appFacts(mobileDevices['Android with a made-up place']));
    expect(JSON.stringify(evidence)).not.toContain('48.13');
  });
});
