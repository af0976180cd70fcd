import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf, NOON } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const android = mobileDevices['plain Android'];
const ios = mobileDevices['plain iOS'];

const farAway = { latitude: -33.8688, longitude: 151.2093, accuracy: 30, time: NOON - 3_600_000 };
const withFaker = mobileDevices['Android with an app that could make up a place'];

describeSignal('locationSpoofing', {
  fires: {
    'an impossible journey, and an app that could make up a place': { ...appFacts(withFaker), earlierPlace: farAway },
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
    'an impossible journey alone': { ...appFacts(android), earlierPlace: farAway },
    'a possible journey with an app that could make up a place': {
      ...appFacts(withFaker),
      earlierPlace: { ...farAway, time: NOON - 20 * 3_600_000 },
    },
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
  it('says how fast the journey would have been, and not from where', () => {
    const { evidence } = judged('locationSpoofing', { ...appFacts(withFaker), earlierPlace: farAway });
    const journey = evidence.find(({ from }) => from === 'store');
    expect(journey).toMatchObject({ value: expect.any(Number), weight: 0.5 });
    expect(JSON.stringify(evidence)).not.toMatch(/33\.8|151\.2|48\.13/);
  });

  it('keeps the place out of its evidence', () => {
    const { evidence } = judged('locationSpoofing', appFacts(mobileDevices['Android with a made-up place']));
    expect(JSON.stringify(evidence)).not.toContain('48.13');
  });
});
