import Type, { type Static } from 'typebox';
import { closed, oneOf } from './json.ts';

/** What kind of program a bot is, in the words of the v4 Server API. */
export const botCategories = [
  'advertising_and_marketing',
  'aggregator',
  'ai_agent',
  'ai_assistant',
  'ai_browser',
  'ai_crawler',
  'ai_search',
  'browser_automation',
  'ecommerce',
  'monitoring_and_analytics',
  'other',
  'scraping',
  'security',
  'search_engine_crawler',
  'search_engine_optimization',
  'unknown',
] as const;

/** Which bot it is, and how far that is proven. */
export const BotInfo = closed({
  category: oneOf(...botCategories),
  /** Who runs it, such as `OpenAI`. */
  provider: Type.String(),
  providerUrl: Type.Optional(Type.String()),
  /** Its own name, such as `GPTBot`. */
  name: Type.String(),
  /** `verified` by published addresses; `signed` by Web Bot Auth; `spoofed` claims a name and fails its proof; `unknown` has no proof to give. */
  identity: oneOf('verified', 'signed', 'spoofed', 'unknown'),
  confidence: oneOf('low', 'medium', 'high'),
});
export type BotInfo = Static<typeof BotInfo>;
