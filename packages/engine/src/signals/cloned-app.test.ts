import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const android = mobileDevices['plain Android'];

describeSignal('clonedApp', {
  fires: {
    'Android of a work profile': appFacts(mobileDevices['Android of a work profile']),
    'Android with the maker’s doubled app': appFacts(mobileDevices['Android with the maker’s doubled app']),
    'Android with the app in a container': appFacts(mobileDevices['Android with the app in a container']),
    'Android with the app signed by others': appFacts(mobileDevices['Android with the app signed by others']),
    'a uid of another user': appFacts(android, { app: { id: 'com.example.bank', userId: 0, uid: 1_010_245 } }),
    'a path that goes astray': appFacts(android, {
      app: { id: 'com.example.bank', dataDir: '/data/user/0/../10/com.example.bank' },
    }),
  },
  quiet: {
    'a browser': factsOf(chromiumLinux),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
    'plain Android': appFacts(mobileDevices['plain Android']),
    'Android with the app on adopted storage': appFacts(mobileDevices['Android with the app on adopted storage']),
    'a hash written with colons': appFacts(android, {
      app: { id: 'a.b', signers: ['AB:CD'], expectedSigners: ['abcd'] },
    }),
    'the old name of the directory': appFacts(android, { app: { id: 'a.b', dataDir: '/data/data/a.b' } }),
  },
  lacks: {
    'an app on Android that sent nothing': silentApp('android'),
    'a directory whose app is not named': appFacts(android, { app: { dataDir: '/data/data/com.example.bank' } }),
    'no probe that ran': appFacts(android, { app: { id: 'com.example.bank' } }),
  },
});

describe('clonedApp', () => {
  const confidence = (device: keyof typeof mobileDevices) =>
    judged('clonedApp', appFacts(mobileDevices[device])).confidence;

  it('is least sure in a work profile', () => {
    expect(confidence('Android of a work profile')).toBe(0.4);
    expect(confidence('Android with the maker’s doubled app')).toBe(0.85);
  });

  it('reads the user out of the directory where nothing else tells it', () => {
    const facts = appFacts(android, { app: { id: 'a.b', dataDir: '/data/user/11/a.b' } });
    expect(judged('clonedApp', facts)).toMatchObject({ state: 'detected', confidence: 0.6 });
  });
});
