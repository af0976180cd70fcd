import { brave, chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { changed, emptyVisit, factsOf, noised } from '../testing/facts-builder.ts';
import { firefoxLinux, firefoxPrivate, firefoxResisting, safariMac } from '../testing/other-browsers.ts';

const plainPrivacy = { brave: false, clockStep: 1, screenEqualsWindow: false };
const unshielded = { ...plainPrivacy, brave: true };

describeSignal('privacySettings', {
  fires: {
    'Firefox with resistFingerprinting': factsOf(firefoxResisting),
    'Firefox with a coarse clock and a randomised canvas': noised(
      factsOf(changed(firefoxLinux, { privacy: { ...plainPrivacy, clockStep: 16.667 } })),
      'canvas',
    ),
    'Brave that asks not to be tracked': factsOf(brave),
    'Brave that randomises its canvas': noised(factsOf(changed(brave, { privacy: unshielded })), 'canvas'),
  },
  quiet: {
    'a plain Chromium': factsOf(chromiumLinux),
    'a plain Firefox': factsOf(firefoxLinux),
    'a private window of Firefox': factsOf(firefoxPrivate),
    'a private window of Firefox that randomises its canvas': noised(factsOf(firefoxPrivate), 'canvas'),
    'Safari that randomises its canvas': noised(factsOf(safariMac), 'canvas', 'audio'),
    'Brave with its shields down': factsOf(changed(brave, { privacy: unshielded })),
    'a Firefox kiosk in Iceland': factsOf(
      changed(firefoxLinux, {
        timezone: 'Atlantic/Reykjavik',
        worker: undefined,
        iframe: undefined,
        privacy: { ...plainPrivacy, screenEqualsWindow: true },
      }),
    ),
  },
  lacks: {
    'a visit that showed nothing': emptyVisit,
    'a Firefox whose privacy source failed': factsOf(changed(firefoxLinux, { privacy: undefined })),
  },
});
