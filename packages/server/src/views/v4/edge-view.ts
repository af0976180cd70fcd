import type { EdgeEvent, Feature, V4EdgeEvent } from '@whorl/contract';
import { botInfoView } from './bot-info-view.ts';
import { ipInfoView } from './ip-info-view.ts';
import { proxyView } from './proxy-view.ts';

/** Only what can be told without a browser: no clock to hold against the country, no system against the network. */
const vpnView = ({ state, data }: EdgeEvent['signals']['vpn']) => ({
  vpn: state === 'detected',
  vpn_confidence: data.confidence,
  vpn_methods: { public_vpn: data.methods.publicVPN, relay: data.methods.relay },
});

/**
 * The v4 form of an edge event: the answer of `POST /v4/edge`, and what reading and searching show of it. Pure.
 * Products of `hidden` features, and those that failed, are left out; `ip_info` is then empty, as the API promises that it
 * is there.
 */
export const v4EdgeView = (event: EdgeEvent, { hidden }: { hidden: ReadonlySet<Feature> }): V4EdgeEvent => ({
  event_id: event.id,
  timestamp: event.time,
  source: 'edge',
  ...(event.linkedId === undefined ? {} : { linked_id: event.linkedId }),
  ...(Object.keys(event.tag).length === 0 ? {} : { tags: event.tag }),
  url: event.url,
  ...(event.botInfo === undefined || hidden.has('botd') ? {} : { bot_info: botInfoView(event.botInfo) }),
  ip_info: hidden.has('ipInfo') ? {} : ipInfoView(event.signals.ipInfo.data),
  ...(hidden.has('proxy') || event.signals.proxy.failed ? {} : proxyView(event.signals.proxy)),
  ...(hidden.has('vpn') || event.signals.vpn.failed ? {} : vpnView(event.signals.vpn)),
});
