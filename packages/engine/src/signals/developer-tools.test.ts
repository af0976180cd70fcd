import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { changed, emptyVisit, factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';
import { firefoxLinux, safariMac } from '../testing/other-browsers.ts';

const open = changed(chromiumLinux, { developerTools: { stackTraceHits: 2, probes: 11, elapsed: 1400 } });
const driven = { webdriver: true, globals: [], navigatorOwn: [], patched: [] };

describeSignal('developerTools', {
  fires: {
    'an app on a device set up for development': appFacts(mobileDevices['plain iOS'], { devMode: { enabled: true } }),
    'Chromium whose console formats errors': factsOf(open),
    'Firefox whose console draws tables': factsOf(
      changed(firefoxLinux, { developerTools: { stackTraceHits: 0, probes: 19, elapsed: 2600, tableRatio: 8 } }),
    ),
  },
  quiet: {
    'an app on a device as it is sold': appFacts(mobileDevices['plain Android']),
    'Chromium silent for long enough': factsOf(chromiumLinux),
    'Firefox that passes tables over': factsOf(firefoxLinux),
  },
  lacks: {
    'an app that does not tell': silentApp('android'),
    'an app that tells of its bridge alone': appFacts(mobileDevices['plain Android'], { devMode: { adb: true } }),
    'a visit that showed nothing': emptyVisit,
    'Chromium silent so far': factsOf(
      changed(chromiumLinux, { developerTools: { stackTraceHits: 0, probes: 3, elapsed: 450 } }),
    ),
    'Chromium on a machine so busy that its tools had not looked yet': factsOf(
      changed(chromiumLinux, { developerTools: { stackTraceHits: 0, probes: 5, elapsed: 3_627.9 } }),
    ),
    'a console that was wrapped, so that no probe ran': factsOf(
      changed(chromiumLinux, { developerTools: { stackTraceHits: 0, probes: 0, elapsed: 2500 } }),
    ),
    'a driver, which looks the same': factsOf(changed(open, { automation: driven })),
    'Safari, which answers to no probe': factsOf(safariMac),
  },
});

describe('judgeDeveloperTools', () => {
  it('names the detectors that found a driver', () => {
    expect(judged('developerTools', factsOf(changed(open, { automation: driven }))).evidence).toContainEqual(
      expect.objectContaining({ fact: 'a driver would look the same', value: expect.arrayContaining(['webdriver']) }),
    );
  });
});
