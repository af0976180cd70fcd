import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';

const visit = factsOf(chromiumLinux);

describeSignal('replayed', {
  fires: {
    'a nonce used twice': { ...visit, replay: { outcome: 'nonce-reused', nonceAge: 900 } },
    'a nonce that is not ours': { ...visit, replay: { outcome: 'nonce-forged', nonceAge: null } },
    'a nonce that is too old': { ...visit, replay: { outcome: 'nonce-expired', nonceAge: 86_400_000 } },
    'a body seen before': { ...visit, replay: { outcome: 'body-seen', nonceAge: 900 } },
  },
  quiet: { 'a fresh nonce': visit },
});
