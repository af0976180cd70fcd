import { readFileSync } from 'node:fs';
import { botCategories } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { crawlerFamilies, crawlerLists, signingAgents, toolFamilies } from './bot-names.ts';
import { nameBot } from './name-bot.ts';
import { crawlerUserAgents, toolUserAgents } from './testing/bot-user-agents.ts';

const rows = [...crawlerFamilies, ...toolFamilies].flatMap((family) =>
  family.bots.map(([name, category]) => ({ name, category, provider: family.provider })),
);
const samples: Record<string, string> = { ...crawlerUserAgents, ...toolUserAgents };

describe('the tables of bots', () => {
  it('name at least 60 crawlers, each once', () => {
    const names = rows.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(crawlerUserAgents).length).toBeGreaterThanOrEqual(60);
  });

  it('have a user agent to try for every name, and none for another', () => {
    expect(Object.keys(samples).sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  it('are as large as their page says', () => {
    const page = readFileSync(new URL('../../../../docs/signals/bot-info.md', import.meta.url), 'utf8');
    const [crawlers, tools] = [crawlerFamilies, toolFamilies].map((each) => each.flatMap(({ bots }) => bots).length);
    expect(page).toContain(`${crawlers} crawlers and fetchers and ${tools} libraries and automation tools`);
  });

  it('say for every family where its facts are from, over https', () => {
    for (const { source, url } of [...crawlerFamilies, ...toolFamilies, ...signingAgents]) {
      expect(source).toMatch(/^https:\/\//);
      expect(url).toMatch(/^https:\/\//);
    }
    for (const urls of Object.values(crawlerLists)) for (const url of urls) expect(url).toMatch(/^https:\/\//);
  });

  it.each(rows)('$name is named by its user agent', ({ name, category, provider }) => {
    expect(botCategories).toContain(category);
    expect(nameBot(samples[name] ?? '')).toMatchObject({ name, category, provider });
  });
});

describe('nameBot', () => {
  const browsers = {
    Chrome:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    Firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
    Safari:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Samsung Internet':
      'Mozilla/5.0 (Linux; Android 15; SAMSUNG SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    'a phone of the make Cubot':
      'Mozilla/5.0 (Linux; Android 9; CUBOT_P30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.101 Mobile Safari/537.36',
    'a phone whose model says Cubot':
      'Mozilla/5.0 (Linux; Android 11; CUBOT KINGKONG 5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.101 Mobile Safari/537.36',
    nothing: '',
  };

  it.each(Object.entries(browsers))('names no bot for %s', (_, userAgent) => {
    expect(nameBot(userAgent)).toBeUndefined();
  });

  it('takes no part of a word for a name', () => {
    expect(nameBot('NotGPTBotter/1.0')?.name).not.toBe('GPTBot');
    expect(nameBot('JavaScriptEngine/1.0')).toBeUndefined();
  });

  it('takes the crawler rather than the program that it is made of', () => {
    const userAgent = 'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)';
    expect(nameBot(userAgent)?.name).toBe('LinkedInBot');
  });

  it('passes on the name of a bot that it does not know', () => {
    expect(nameBot('Mozilla/5.0 (compatible; acme-crawler/2.0; +https://acme.example)')).toEqual({
      name: 'acme-crawler',
      category: 'unknown',
      provider: 'unknown',
      token: 'acme-crawler',
      family: null,
    });
    expect(nameBot('Mozilla/5.0 (Local Test Bot)')?.name).toBe('Bot');
  });

  it('takes no notable time for a text that is made to be slow', () => {
    for (const unit of ['a', 'bot-', '.', 'got (', 'Googlebo']) {
      const started = performance.now();
      nameBot(unit.repeat(100_000));
      expect(performance.now() - started).toBeLessThan(200);
    }
  });
});
