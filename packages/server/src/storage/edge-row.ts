import type { EdgeEvent } from '@whorl/contract';
import { packAddress } from './pack-address.ts';
import { plainText } from './plain-text.ts';
import { botInfoColumn, textHash } from './search-row.ts';
import { signalMasks } from './signal-bits.ts';

/** The columns that an edge event is searched by: those of `SearchRow` that a request without a browser can fill. */
export type EdgeRow = {
  /** Of a client with an address of each family the IPv6 one; `ip` is the IPv4 one. Packed. */
  other_ip: Uint8Array | null;
  linked_id: string | null;
  asn: string | null;
  detected: number;
  clear: number;
  bot_info: string | null;
  vpn_confidence: string;
  url_hash: number;
};

const otherAddress = ({ ip, signals }: EdgeEvent): string | undefined => {
  const { v4, v6 } = signals.ipInfo.data;
  return v4 !== undefined && v6 !== undefined && v6.address !== ip ? v6.address : undefined;
};

/** What an edge event is searched by. */
export const edgeRow = (event: EdgeEvent): EdgeRow => {
  const { linkedId, botInfo, signals, url } = event;
  const other = otherAddress(event);
  return {
    other_ip: other === undefined ? null : packAddress(other),
    linked_id: linkedId === undefined ? null : plainText(linkedId),
    asn: (signals.ipInfo.data.v4 ?? signals.ipInfo.data.v6)?.asn?.asn ?? null,
    ...signalMasks({ signals }),
    bot_info: botInfo === undefined ? null : botInfoColumn(botInfo),
    vpn_confidence: signals.vpn.data.confidence,
    url_hash: textHash(url),
  };
};
