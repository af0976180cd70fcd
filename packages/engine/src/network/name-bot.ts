import type { BotInfo } from '@whorl/contract';
import { type BotFamily, crawlerFamilies, toolFamilies } from './bot-names.ts';

/** What a bot says of itself. `token` is what the user agent header has of it. */
export type NamedBot = Pick<BotInfo, 'name' | 'category' | 'provider' | 'providerUrl'> & {
  token: string;
  /** Null for a name that is in no table. */
  family: BotFamily | null;
};

/** Longest header that is searched, characters: real ones stay below 300. */
const LONGEST = 1024;

type Table = { pattern: RegExp; bots: ReadonlyMap<string, NamedBot> };

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A token counts only as a word of its own, unless it ends in a sign that ends it anyway, as in `curl/`. */
const asWord = (token: string): string => (/[a-z0-9]$/i.test(token) ? `${escaped(token)}(?![a-z0-9])` : escaped(token));

const tableOf = (families: readonly BotFamily[]): Table => {
  const bots = families.flatMap((family) =>
    family.bots.map(([name, category, token = name]): NamedBot => {
      const { provider, url } = family;
      return { name, category, provider, providerUrl: url, token, family };
    }),
  );
  // Longest first, as Googlebot-Image begins with Googlebot.
  const tokens = bots.map(({ token }) => token).sort((a, b) => b.length - a.length);
  return {
    pattern: new RegExp(`(?<![a-z0-9])(?:${tokens.map(asWord).join('|')})`, 'i'),
    bots: new Map(bots.map((bot) => [bot.token.toLowerCase(), bot])),
  };
};

// Crawlers before tools: a crawler may name the library or the browser that it is made of.
const tables = [tableOf(crawlerFamilies), tableOf(toolFamilies)];

/** Words that say bot in a name of no table. CUBOT is a make of phones. */
const SELF_DECLARED = /(?<![\w-])(?!cubot)[\w.-]{0,64}(?:bot|crawler|spider|scraper)(?![a-z])/i;

/**
 * The bot that a user agent header names, or undefined where it names none. Nothing is proven by it: anyone can write any
 * header. Names that are in no table are of unknown category and provider.
 */
export const nameBot = (userAgent: string): NamedBot | undefined => {
  const text = userAgent.slice(0, LONGEST);
  for (const { pattern, bots } of tables) {
    const token = pattern.exec(text)?.[0];
    const bot = token === undefined ? undefined : bots.get(token.toLowerCase());
    if (bot !== undefined) return bot;
  }
  const name = SELF_DECLARED.exec(text)?.[0];
  return name === undefined ? undefined : { name, category: 'unknown', provider: 'unknown', token: name, family: null };
};
