import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const android = mobileDevices['plain Android'];

describeSignal('frida', {
  fires: {
    'Android under Frida': appFacts(mobileDevices['Android under Frida']),
    'iOS under Frida': appFacts(mobileDevices['iOS under Frida']),
    'threads alone': appFacts(android, { hook: { threads: ['gum-js-loop'] } }),
  },
  quiet: {
    'a browser': factsOf(chromiumLinux),
    'plain Android': appFacts(mobileDevices['plain Android']),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
    'Android with a busy port and GStreamer': appFacts(mobileDevices['Android with a busy port and GStreamer']),
    'another library': appFacts(android, { hook: { maps: ['/data/app/x/lib/arm64/libfridayplanner.so'] } }),
  },
  lacks: {
    'an app on Android that sent nothing': silentApp('android'),
    'an app on iOS that sent nothing': silentApp('ios'),
    'no probe that ran': appFacts(android, { hook: {} }),
  },
});
