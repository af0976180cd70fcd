import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const ios = mobileDevices['plain iOS'];

describeSignal('jailbroken', {
  fires: {
    'jailbroken iOS': appFacts(mobileDevices['jailbroken iOS']),
    'files alone': appFacts(ios, { jailbreak: { paths: ['/private/var/lib/apt'] } }),
    'a sandbox that lets through': appFacts(ios, { jailbreak: { sandboxWrite: true } }),
    'a process that could be started': appFacts(ios, { jailbreak: { fork: true } }),
  },
  quiet: {
    'a browser': factsOf(chromiumLinux),
    'plain Android': appFacts(mobileDevices['plain Android']),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
    'iOS with an app that took a jailbreak’s scheme': appFacts(
      mobileDevices['iOS with an app that took a jailbreak’s scheme'],
    ),
    'files of another kind': appFacts(ios, { jailbreak: { paths: ['/Applications/Maps.app', '/var/jbx'] } }),
  },
  lacks: {
    'an app on iOS that sent nothing': silentApp('ios'),
    'simulator of iOS': appFacts(mobileDevices['simulator of iOS']),
    'no probe that ran': appFacts(ios, { jailbreak: {} }),
  },
});
