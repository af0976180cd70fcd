import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

describeSignal('proximity', {
  quiet: {
    'a browser': factsOf(chromiumLinux),
  },
  lacks: {
    'an app on Android that sent nothing': silentApp('android'),
    'an app on iOS that sent nothing': silentApp('ios'),
    'plain Android': appFacts(mobileDevices['plain Android']),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
  },
});

describe('proximity', () => {
  it('keeps the place out of its evidence', () => {
    const { evidence } = judged('proximity', appFacts(mobileDevices['plain Android']));
    expect(JSON.stringify(evidence)).not.toContain('48.13');
  });
});
