import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';

const visit = factsOf(chromiumLinux);

describeSignal('jailbroken', {
  quiet: { 'a browser': visit, 'an app on Android': { ...visit, platform: 'android' } },
  lacks: { 'an app on iOS': { ...visit, platform: 'ios' } },
});
