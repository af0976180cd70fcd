import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';

const visit = factsOf(chromiumLinux);

describeSignal('proximity', {
  quiet: { 'a browser': visit },
  lacks: { 'an app on Android': { ...visit, platform: 'android' }, 'an app on iOS': { ...visit, platform: 'ios' } },
});
