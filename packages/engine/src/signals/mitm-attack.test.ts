import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal } from '../testing/describe-signal.ts';
import { factsOf } from '../testing/facts-builder.ts';
import { appFacts, mobileDevices, silentApp } from '../testing/mobile-devices.ts';

const android = mobileDevices['plain Android'];
const ios = mobileDevices['plain iOS'];

describeSignal('mitmAttack', {
  fires: {
    'Android whose traffic is read': appFacts(mobileDevices['Android whose traffic is read']),
    'foreign keys alone': appFacts(ios, { net: { observedKeys: ['a'], pinnedKeys: ['b', 'c'] } }),
    'a mismatch alone': appFacts(android, { net: { pin: 'mismatch' } }),
    'a changed report by way of the user’s authorities': {
      ...appFacts(android, { net: { pin: 'notChecked', userAuthorities: true } }),
      reportSignature: 'wrong',
    },
    'keys that belie the pinning': appFacts(android, { net: { pin: 'match', observedKeys: ['a'], pinnedKeys: ['b'] } }),
  },
  quiet: {
    'a browser': factsOf(chromiumLinux),
    'plain Android': appFacts(mobileDevices['plain Android']),
    'plain iOS': appFacts(mobileDevices['plain iOS']),
    'Android on an employer’s proxy': appFacts(mobileDevices['Android on an employer’s proxy']),
    'another signing key, on a connection that was checked': {
      ...appFacts(android),
      reportSignature: 'wrong',
    },
    'one pinned key in the chain': appFacts(android, { net: { observedKeys: ['a', 'b'], pinnedKeys: ['b', 'c'] } }),
  },
  lacks: {
    'an app on Android that sent nothing': silentApp('android'),
    'an app on iOS that sent nothing': silentApp('ios'),
    'a proxy without a check': appFacts(android, { net: { pin: 'notChecked', proxy: true, userAuthorities: true } }),
    'a changed report alone': { ...appFacts(android, { net: { pin: 'notChecked' } }), reportSignature: 'wrong' },
    'a report that lost its signature, alone': {
      ...appFacts(android, { net: { pin: 'notChecked' } }),
      reportSignature: 'missing',
    },
    'an app from before the signature, on a phone that an employer has set up': {
      ...appFacts(android, { net: { pin: 'notChecked', userAuthorities: true, proxy: true } }),
      reportSignature: 'missing',
    },
    'a signed report alone': { ...appFacts(android, { net: {} }), reportSignature: 'valid' },
    'keys without pins': appFacts(android, { net: { observedKeys: ['a'], pinnedKeys: [] } }),
  },
});
