import type { EdgeEvent, SearchFlag } from '@whorl/contract';
import { plainText } from './plain-text.ts';
import { botInfoColumn, textHash } from './search-row.ts';
import { signalMasks } from './signal-bits.ts';

/** The columns that an edge event is searched by: those of `SearchRow` that a request without a browser can fill. */
export type EdgeRow = {
  linked_id: string | null;
  asn: string | null;
  detected: number;
  clear: number;
  bot_info: string | null;
  vpn_confidence: string;
  url_hash: number;
};

/** The products, and findings within them, that an edge event has. */
export const edgeFlags: ReadonlySet<SearchFlag> = new Set(['ipInfo', 'vpn', 'proxy', 'datacenter']);

/** What an edge event is searched by. */
export const edgeRow = ({ linkedId, botInfo, signals, url }: EdgeEvent): EdgeRow => ({
  linked_id: linkedId === undefined ? null : plainText(linkedId),
  asn: (signals.ipInfo.data.v4 ?? signals.ipInfo.data.v6)?.asn?.asn ?? null,
  ...signalMasks(signals),
  bot_info: botInfo === undefined ? null : botInfoColumn(botInfo),
  vpn_confidence: signals.vpn.data.confidence,
  url_hash: textHash(url),
});
