import type { Components, Event } from '@whorl/contract';
import { type Facts, type ListFacts, type ListFinding, noActivity } from '../../packages/engine/src/facts.ts';

/** Minutes east of UTC of the clocks in the country that visits are said to come from. */
const COUNTRY_OFFSETS = [60];

/** What the lists said, as far as the verdicts tell it; nothing where those are unknown. */
const listsOf = ({ time, signals: { tor, vpn, proxy, ipBlocklist } }: Event): ListFacts => {
  const finding = (listed: boolean): ListFinding => ({ source: { name: 'list', builtAt: time }, listed });
  return {
    ...(tor.state === 'unknown' ? {} : { tor: finding(tor.state === 'detected') }),
    ...(proxy.state === 'unknown' ? {} : { proxy: finding(proxy.state === 'detected') }),
    ...(vpn.state === 'unknown'
      ? {}
      : { relay: finding(vpn.data.methods.relay), publicVpn: finding(vpn.data.methods.publicVPN) }),
    ...(ipBlocklist.state === 'unknown'
      ? {}
      : { attackSource: finding(ipBlocklist.data.attackSource), emailSpam: finding(ipBlocklist.data.emailSpam) }),
  };
};

/** The facts that an event was judged from, as far as they are recorded; what is not recorded is as at a first visit. */
export const factsOfEvent = (event: Event): Facts => ({
  time: event.time,
  platform: event.sdk.platform,
  components: event.attributes as Components,
  headers: event.headers,
  network: {
    address: event.ip,
    family: event.ip.includes(':') ? 6 : 4,
    isPublic: true,
    ipInfo: event.signals.ipInfo.data,
    sources: [],
    countryOffsets: COUNTRY_OFFSETS,
    lists: listsOf(event),
  },
  browser: event.browser,
  replay: { outcome: 'ok', nonceAge: 1_000 },
  activity: noActivity,
  population: { dailyEventsP99: null },
  tokenContradictions: event.identity.tokenContradictions,
});
