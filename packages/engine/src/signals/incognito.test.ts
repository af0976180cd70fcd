import { chromiumIncognito, chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { changed, emptyVisit, factsOf } from '../testing/facts-builder.ts';
import {
  firefoxLinux,
  firefoxPrivate,
  safariMac,
  safariPhone,
  webkitGtk,
  webkitGtkPrivate,
} from '../testing/other-browsers.ts';

const refused = { directory: 'SecurityError', serviceWorker: false };

describeSignal('incognito', {
  fires: {
    'Chromium incognito': factsOf(chromiumIncognito),
    'Chromium incognito, while the page has another database open': factsOf(
      changed(chromiumIncognito, {
        incognito: { isPrivate: true, browserName: 'Chrome', usageOpened: 147_456, usageDeleted: 73_728 },
      }),
    ),
    'Firefox private': factsOf(firefoxPrivate),
    'WebKitGTK private, which the library cannot see': factsOf(webkitGtkPrivate),
    'Firefox private whose library failed': factsOf(changed(firefoxPrivate, { incognito: undefined })),
  },
  quiet: {
    'a plain WebKitGTK': factsOf(webkitGtk),
    'a plain Chromium whose storage shrinks by what a private window would have taken': factsOf(
      changed(chromiumLinux, {
        incognito: { isPrivate: false, browserName: 'Chrome', usageOpened: -73_728, usageDeleted: -73_728 },
      }),
    ),
    'a plain Chromium': factsOf(chromiumLinux),
    'a plain Firefox': factsOf(firefoxLinux),
    'a plain Safari': factsOf(safariPhone),
    'Chromium that refuses the file system for another reason': factsOf(
      changed(chromiumLinux, { storageFacts: refused }),
    ),
  },
  lacks: {
    'Safari whose database and library disagree': factsOf(
      changed(safariMac, { incognito: { isPrivate: false, browserName: 'Safari', storesBlobs: false } }),
    ),
    'a visit that showed nothing': emptyVisit,
    'a profile on a memory disk, which the library takes for private': factsOf(
      changed(chromiumLinux, {
        incognito: { isPrivate: true, browserName: 'Chrome', usageOpened: 1_533_440, usageDeleted: 3_857_889 },
      }),
    ),
    'Chromium incognito on a machine so busy that the library takes it for a profile': factsOf(
      changed(chromiumIncognito, {
        incognito: { isPrivate: false, browserName: 'Chrome', usageOpened: 73_728, usageDeleted: 0 },
      }),
    ),
    'Firefox that blocks all storage, its library failed': factsOf(
      changed(firefoxLinux, { incognito: undefined, storageFacts: refused, cookiesEnabled: false }),
    ),
  },
});
