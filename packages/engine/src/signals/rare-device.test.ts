import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { emptyVisit, factsOf } from '../testing/facts-builder.ts';

describeSignal('rareDevice', {
  lacks: { 'any visit, while nothing is counted': factsOf(chromiumLinux), 'a visit that showed nothing': emptyVisit },
});
