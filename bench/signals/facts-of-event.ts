import type { Components, Event } from '@whorl/contract';
import { type Facts, noActivity } from '../../packages/engine/src/facts.ts';

/** Minutes east of UTC of the clocks in the country that visits are said to come from. */
const COUNTRY_OFFSETS = [60];

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
  },
  browser: event.browser,
  replay: { outcome: 'ok', nonceAge: 1_000 },
  activity: noActivity,
  population: { dailyEventsP99: null },
  tokenContradictions: event.identity.tokenContradictions,
});
