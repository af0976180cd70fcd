import { createHash } from 'node:crypto';
import type { BotInfo, Event } from '@whorl/contract';
import { plainText } from './plain-text.ts';
import { signalMasks } from './signal-bits.ts';

/**
 * The columns that follow from what an event says, and so change when it is revised. What a reader of the event is shown
 * stands here as it is shown. Null: the event has no such thing.
 */
export type SearchRow = {
  linked_id: string | null;
  asn: string | null;
  detected: number;
  clear: number;
  bot: string;
  /** JSON of the bot's name and kind, its strings as plain text. */
  bot_info: string | null;
  vpn_confidence: string;
  suspect: number | null;
  suspect_score: number;
  rare_bucket: string | null;
  proximity_id: string | null;
  proximity_radius: number | null;
  sdk_platform: string;
  sdk_version: string;
  url_hash: number;
  origin_hash: number | null;
};

/** 48 bits of a text: long addresses are looked for as a whole, and a number takes less room than they do. */
export const textHash = (text: string): number => createHash('sha256').update(text).digest().readUIntBE(0, 6);

/**
 * A bot's name and kind as a column has them. Each string is plain text by itself, and once more escaped by the JSON
 * around it: PostgreSQL reads no field of a JSON text that has a zero byte or half a surrogate pair in any of its strings.
 */
export const botInfoColumn = (info: BotInfo): string =>
  JSON.stringify(Object.fromEntries(Object.entries(info).map(([field, text]) => [field, plainText(text)])));

/** What an event is searched by. */
export const searchRow = (event: Event): SearchRow => {
  const { linkedId, sdk, signals, suspect, suspectScore, url, origin } = event;
  const { botd, ipInfo, proximity, rareDevice, vpn } = signals;
  return {
    linked_id: linkedId === undefined ? null : plainText(linkedId),
    asn: (ipInfo.data.v4 ?? ipInfo.data.v6)?.asn?.asn ?? null,
    ...signalMasks(event),
    bot: botd.data.result,
    bot_info: botd.data.info === undefined ? null : botInfoColumn(botd.data.info),
    vpn_confidence: vpn.data.confidence,
    suspect: suspect === undefined ? null : Number(suspect),
    suspect_score: suspectScore.data.result,
    rare_bucket: rareDevice.state === 'unknown' ? null : (rareDevice.data.percentileBucket ?? null),
    proximity_id: proximity.data.id === undefined ? null : plainText(proximity.data.id),
    proximity_radius: proximity.data.precisionRadius ?? null,
    sdk_platform: sdk.platform,
    sdk_version: plainText(sdk.version),
    url_hash: textHash(url),
    origin_hash: origin === undefined ? null : textHash(origin),
  };
};
