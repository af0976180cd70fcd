import type { Signal, SignalData, v4ProxyFields } from '@whorl/contract';
import type { Static } from 'typebox';

const HOUR = 3_600_000;

type ProxyView = { [K in keyof typeof v4ProxyFields]?: Static<(typeof v4ProxyFields)[K]> };

/** Whether the address is a proxy, in v4's names; details only where it is. `last_seen_at` is cut to the hour. */
export const proxyView = ({ state, data }: Signal<SignalData['proxy']>): ProxyView => {
  const view: ProxyView = { proxy: state === 'detected', proxy_confidence: data.confidence };
  if (state !== 'detected' || data.details === undefined) return view;
  const seen = data.details.lastSeenAt === undefined ? Number.NaN : Date.parse(data.details.lastSeenAt);
  return {
    ...view,
    proxy_details: {
      proxy_type: data.details.proxyType,
      ...(Number.isNaN(seen) ? {} : { last_seen_at: Math.max(0, Math.floor(seen / HOUR) * HOUR) }),
    },
  };
};
