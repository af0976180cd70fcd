import type { Event } from '@whorl/contract';
import { plainText } from '../plain-text.ts';
import { signalMasks } from './signal-bits.ts';
import type { SqlValue } from './sqlite-database.ts';

/** The columns that follow from what an event says, and so change when it is revised. Null: not known. */
export type SearchRow = {
  linked_id: string | null;
  asn: string | null;
  detected: number;
  clear: number;
  bot: string | null;
  vpn_confidence: string | null;
  suspect: number | null;
  suspect_score: number | null;
  sdk_platform: string;
  sdk_version: string;
} & Record<string, SqlValue>;

/** What an event is searched by. */
export const searchRow = ({ linkedId, sdk, signals, suspect, suspectScore }: Event): SearchRow => {
  const { botd, ipInfo, vpn } = signals;
  return {
    linked_id: linkedId === undefined ? null : plainText(linkedId),
    asn: (ipInfo.data.v4 ?? ipInfo.data.v6)?.asn?.asn ?? null,
    ...signalMasks(signals),
    bot: botd.state === 'unknown' ? null : botd.data.result,
    vpn_confidence: vpn.state === 'unknown' ? null : vpn.data.confidence,
    suspect: suspect === undefined ? null : Number(suspect),
    suspect_score: suspectScore.state === 'unknown' ? null : suspectScore.data.result,
    sdk_platform: sdk.platform,
    sdk_version: sdk.version,
  };
};
