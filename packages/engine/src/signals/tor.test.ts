import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { factsOf, homeNetwork, NOON, privateNetwork } from '../testing/facts-builder.ts';

const HOUR = 3_600_000;
const visit = factsOf(chromiumLinux);
const says = (listed: boolean, age = HOUR, network = homeNetwork) => ({
  ...visit,
  network: { ...network, lists: { tor: { source: { name: 'tor exits', builtAt: NOON - age }, listed } } },
});

describeSignal('tor', {
  fires: { 'an exit on the list': says(true) },
  quiet: { 'an address that is not on the list': says(false) },
  lacks: {
    'no list': visit,
    'a list older than a day': says(true, 25 * HOUR),
    'a private address': says(true, HOUR, privateNetwork),
  },
});
