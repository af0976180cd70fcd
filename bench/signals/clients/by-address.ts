import { FOREIGN_TIMEZONE, type Place } from '../places.ts';
import type { Client, Tabulated } from './client.ts';
import { whyNoWindow } from './find-clients.ts';
import { openByHand } from './open-by-hand.ts';

/** The plain Chromium of a person, of whom an address alone tells something. */
const chromiumFrom = (from: Place, is: Tabulated, about: string): Client => ({
  about: `Chromium with a window, fresh profile, from ${about}`,
  from,
  is: [is],
  either: ['virtualMachine'],
  whyNot: whyNoWindow,
  open: openByHand({ browser: 'chromium' }),
});

/** Browsers that differ from the plain ones in their address, or in a clock that contradicts it. */
export const byAddressClients = {
  'chromium-vpn': chromiumFrom('vpn', 'vpn', 'a network that is on the list of VPN services'),
  'chromium-relay': chromiumFrom(
    'relay',
    'vpn',
    'a network that is on the relay’s list, and on that of VPN services, too',
  ),
  'chromium-tor': chromiumFrom('tor', 'tor', 'an address that is on the list of Tor exits'),
  'chromium-proxy': chromiumFrom('proxy', 'proxy', 'an address that is on the list of open proxies'),
  'chromium-attacker': chromiumFrom('attacker', 'ipBlocklist', 'an address that is on the list of attackers'),
  'chromium-abroad': {
    ...chromiumFrom('home', 'vpn', 'an address on no list, with the clock of another country'),
    open: openByHand({ browser: 'chromium' }, { TZ: FOREIGN_TIMEZONE }),
  },
} as const satisfies Record<string, Client>;
