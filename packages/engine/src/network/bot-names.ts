import type { BotInfo } from '@whorl/contract';

type Category = BotInfo['category'];

/**
 * Where operators publish the addresses that their bots come from, by the name that the list has here. Several addresses
 * stand for one list where the parts are read together.
 */
export const crawlerLists = {
  googlebot: ['https://developers.google.com/static/search/apis/ipranges/googlebot.json'],
  'google-special': ['https://developers.google.com/static/search/apis/ipranges/special-crawlers.json'],
  'google-user': [
    'https://developers.google.com/static/search/apis/ipranges/user-triggered-fetchers.json',
    'https://developers.google.com/static/search/apis/ipranges/user-triggered-fetchers-google.json',
  ],
  bingbot: ['https://www.bing.com/toolbox/bingbot.json'],
  openai: [
    'https://openai.com/gptbot.json',
    'https://openai.com/searchbot.json',
    'https://openai.com/chatgpt-user.json',
  ],
  anthropic: ['https://claude.com/crawling/bots.json'],
  perplexitybot: ['https://www.perplexity.ai/perplexitybot.json'],
  'perplexity-user': ['https://www.perplexity.ai/perplexity-user.json'],
  commoncrawl: ['https://index.commoncrawl.org/ccbot.json'],
  applebot: ['https://search.developer.apple.com/applebot.json'],
  duckduckbot: ['https://duckduckgo.com/duckduckbot.json'],
  duckassistbot: ['https://duckduckgo.com/duckassistbot.json'],
  amazonbot: ['https://developer.amazon.com/amazonbot/ip-addresses/'],
  ahrefs: ['https://api.ahrefs.com/v3/public/crawler-ip-ranges'],
  mistral: ['https://mistral.ai/mistralai-user-ips.json'],
  uptimerobot: ['https://uptimerobot.com/inc/files/ips/IPv4andIPv6.txt'],
  pingdom: ['https://my.pingdom.com/probes/ipv4', 'https://my.pingdom.com/probes/ipv6'],
} as const satisfies Record<string, readonly string[]>;

/** The name of a list of published addresses. */
export type CrawlerList = keyof typeof crawlerLists;

/** Bots of one operator that prove themselves in the same way. */
export type BotFamily = {
  provider: string;
  url: string;
  /** The operator's own page that names and proof are from; where it has none, the site that the user agent names. */
  source: string;
  /** The list of addresses that they come from. */
  ranges?: CrawlerList;
  /** Names that their addresses resolve to end so, and resolve back. Nothing is resolved here: it is for readers. */
  reverseDns?: readonly string[];
  /** Where the keys of Web Bot Auth are: `<directory>/.well-known/http-message-signatures-directory`. */
  directory?: string;
  /** Name, category, and what the user agent header has of it where that is not the name. */
  bots: readonly (readonly [name: string, category: Category, token?: string])[];
};

const GOOGLE = { provider: 'Google', url: 'https://google.com' } as const;

/** Programs that read the web on their own account and say who they are. */
export const crawlerFamilies: readonly BotFamily[] = [
  {
    ...GOOGLE,
    source: 'https://developers.google.com/crawling/docs/crawlers-fetchers/google-common-crawlers',
    ranges: 'googlebot',
    reverseDns: ['googlebot.com', 'geo.googlebot.com'],
    bots: [
      ['Googlebot', 'search_engine_crawler'],
      ['Googlebot-Image', 'search_engine_crawler'],
      ['Googlebot-News', 'search_engine_crawler'],
      ['Googlebot-Video', 'search_engine_crawler'],
      ['Storebot-Google', 'ecommerce'],
      ['Google-InspectionTool', 'search_engine_optimization'],
      ['GoogleOther', 'other'],
      ['GoogleOther-Image', 'other'],
      ['GoogleOther-Video', 'other'],
      ['Google-CloudVertexBot', 'ai_crawler'],
    ],
  },
  {
    ...GOOGLE,
    source: 'https://developers.google.com/crawling/docs/crawlers-fetchers/google-special-case-crawlers',
    ranges: 'google-special',
    reverseDns: ['google.com'],
    bots: [
      ['AdsBot-Google', 'advertising_and_marketing'],
      ['AdsBot-Google-Mobile', 'advertising_and_marketing'],
      ['Mediapartners-Google', 'advertising_and_marketing'],
      ['APIs-Google', 'other'],
      ['Google-Safety', 'security'],
    ],
  },
  {
    ...GOOGLE,
    source: 'https://developers.google.com/crawling/docs/crawlers-fetchers/google-user-triggered-fetchers',
    ranges: 'google-user',
    reverseDns: ['google.com', 'gae.googleusercontent.com'],
    bots: [
      ['FeedFetcher-Google', 'aggregator'],
      ['Google-Read-Aloud', 'ai_assistant'],
      ['Google-Site-Verification', 'search_engine_optimization'],
      ['Google-NotebookLM', 'ai_assistant'],
    ],
  },
  {
    provider: 'Microsoft',
    url: 'https://www.bing.com',
    source: 'https://www.bing.com/webmasters/help/which-crawlers-does-bing-use-8c184ec0',
    ranges: 'bingbot',
    reverseDns: ['search.msn.com'],
    bots: [
      ['Bingbot', 'search_engine_crawler'],
      ['AdIdxBot', 'advertising_and_marketing'],
      ['MicrosoftPreview', 'other'],
    ],
  },
  {
    provider: 'OpenAI',
    url: 'https://openai.com',
    source: 'https://platform.openai.com/docs/bots',
    ranges: 'openai',
    directory: 'https://chatgpt.com',
    bots: [
      ['GPTBot', 'ai_crawler'],
      ['OAI-SearchBot', 'ai_search'],
      ['ChatGPT-User', 'ai_assistant'],
    ],
  },
  {
    provider: 'Anthropic',
    url: 'https://www.anthropic.com',
    source:
      'https://support.claude.com/en/articles/8896518-does-anthropic-crawl-data-from-the-web-and-how-can-site-owners-block-the-crawler',
    ranges: 'anthropic',
    bots: [
      ['ClaudeBot', 'ai_crawler'],
      ['Claude-User', 'ai_assistant'],
      ['Claude-SearchBot', 'ai_search'],
    ],
  },
  {
    provider: 'Perplexity',
    url: 'https://www.perplexity.ai',
    source: 'https://docs.perplexity.ai/docs/resources/perplexity-crawlers',
    ranges: 'perplexitybot',
    bots: [['PerplexityBot', 'ai_search']],
  },
  {
    provider: 'Perplexity',
    url: 'https://www.perplexity.ai',
    source: 'https://docs.perplexity.ai/docs/resources/perplexity-crawlers',
    ranges: 'perplexity-user',
    bots: [['Perplexity-User', 'ai_assistant']],
  },
  {
    provider: 'Common Crawl',
    url: 'https://commoncrawl.org',
    source: 'https://commoncrawl.org/ccbot',
    ranges: 'commoncrawl',
    reverseDns: ['crawl.commoncrawl.org'],
    bots: [['CCBot', 'ai_crawler']],
  },
  {
    provider: 'Apple',
    url: 'https://www.apple.com',
    source: 'https://support.apple.com/en-us/119829',
    ranges: 'applebot',
    reverseDns: ['applebot.apple.com'],
    bots: [['Applebot', 'search_engine_crawler']],
  },
  {
    provider: 'DuckDuckGo',
    url: 'https://duckduckgo.com',
    source: 'https://duckduckgo.com/duckduckgo-help-pages/results/duckduckbot',
    ranges: 'duckduckbot',
    bots: [['DuckDuckBot', 'search_engine_crawler']],
  },
  {
    provider: 'DuckDuckGo',
    url: 'https://duckduckgo.com',
    source: 'https://duckduckgo.com/duckduckgo-help-pages/results/duckassistbot',
    ranges: 'duckassistbot',
    bots: [['DuckAssistBot', 'ai_assistant']],
  },
  {
    provider: 'Yandex',
    url: 'https://yandex.com',
    source: 'https://yandex.com/support/webmaster/robot-workings/check-yandex-robots.html',
    reverseDns: ['yandex.ru', 'yandex.net', 'yandex.com'],
    bots: [
      ['YandexBot', 'search_engine_crawler'],
      ['YandexImages', 'search_engine_crawler'],
      ['YandexMetrika', 'monitoring_and_analytics'],
    ],
  },
  {
    provider: 'Baidu',
    url: 'https://www.baidu.com',
    source: 'https://help.baidu.com/question?prod_id=99&class=476&id=2996',
    reverseDns: ['crawl.baidu.com', 'crawl.baidu.jp'],
    bots: [['Baiduspider', 'search_engine_crawler']],
  },
  {
    provider: 'Seznam',
    url: 'https://www.seznam.cz',
    source: 'https://o-seznam.cz/napoveda/vyhledavani/en/seznambot-crawler/',
    reverseDns: ['seznam.cz'],
    bots: [['SeznamBot', 'search_engine_crawler']],
  },
  {
    provider: 'Naver',
    url: 'https://www.naver.com',
    source: 'https://searchadvisor.naver.com/guide/seo-basic-firewall',
    reverseDns: ['naver.com'],
    bots: [['Yeti', 'search_engine_crawler', 'Yeti/']],
  },
  {
    provider: 'Qwant',
    url: 'https://www.qwant.com',
    source: 'https://help.qwant.com/bot/',
    reverseDns: ['qwant.com'],
    bots: [['Qwantbot', 'search_engine_crawler']],
  },
  {
    provider: 'Petal Search',
    url: 'https://webmaster.petalsearch.com',
    source: 'https://webmaster.petalsearch.com/site/petalbot',
    reverseDns: ['petalsearch.com'],
    bots: [['PetalBot', 'search_engine_crawler']],
  },
  {
    provider: 'Yahoo',
    url: 'https://www.yahoo.com',
    source: 'https://help.yahoo.com/kb/SLN22600.html',
    reverseDns: ['crawl.yahoo.net'],
    bots: [['Yahoo! Slurp', 'search_engine_crawler', 'Slurp']],
  },
  {
    provider: 'Mojeek',
    url: 'https://www.mojeek.com',
    source: 'https://www.mojeek.com/bot.html',
    reverseDns: ['mojeek.com'],
    bots: [['MojeekBot', 'search_engine_crawler']],
  },
  {
    provider: 'Brave',
    url: 'https://search.brave.com',
    source: 'https://search.brave.com/help/brave-search-crawler',
    bots: [['Bravebot', 'search_engine_crawler']],
  },
  {
    provider: 'ByteDance',
    url: 'https://www.bytedance.com',
    source: 'https://www.bytedance.com',
    bots: [
      ['Bytespider', 'ai_crawler'],
      ['TikTokSpider', 'ai_crawler'],
    ],
  },
  {
    provider: 'Amazon',
    url: 'https://www.amazon.com',
    source: 'https://developer.amazon.com/amazonbot',
    ranges: 'amazonbot',
    reverseDns: ['crawl.amazonbot.amazon'],
    bots: [
      ['Amazonbot', 'ai_crawler'],
      ['Amzn-SearchBot', 'ai_search'],
      ['Amzn-User', 'ai_assistant'],
    ],
  },
  {
    provider: 'Meta',
    url: 'https://www.meta.com',
    source: 'https://developers.facebook.com/docs/sharing/webmasters/web-crawlers',
    bots: [
      ['Meta-ExternalAgent', 'ai_crawler'],
      ['Meta-ExternalFetcher', 'ai_assistant'],
      ['Meta-WebIndexer', 'ai_search'],
      ['facebookexternalhit', 'aggregator'],
      ['Facebot', 'aggregator'],
    ],
  },
  {
    provider: 'Mistral AI',
    url: 'https://mistral.ai',
    source: 'https://docs.mistral.ai/robots',
    ranges: 'mistral',
    bots: [['MistralAI-User', 'ai_assistant']],
  },
  {
    provider: 'Cohere',
    url: 'https://cohere.com',
    source: 'https://cohere.com',
    bots: [
      ['cohere-ai', 'ai_assistant'],
      ['cohere-training-data-crawler', 'ai_crawler'],
    ],
  },
  {
    provider: 'Ai2',
    url: 'https://allenai.org',
    source: 'https://allenai.org/crawler',
    bots: [['AI2Bot', 'ai_crawler']],
  },
  {
    provider: 'Diffbot',
    url: 'https://www.diffbot.com',
    source: 'https://docs.diffbot.com/docs/does-crawlbot-follow-robotstxt',
    bots: [['Diffbot', 'ai_crawler']],
  },
  {
    provider: 'You.com',
    url: 'https://you.com',
    source: 'https://about.you.com/youbot/',
    bots: [['YouBot', 'ai_search']],
  },
  {
    provider: 'Timpi',
    url: 'https://timpi.io',
    source: 'https://timpi.io',
    bots: [['Timpibot', 'search_engine_crawler']],
  },
  {
    provider: 'X',
    url: 'https://x.com',
    source: 'https://developer.x.com/en/docs/x-for-websites/cards/guides/getting-started',
    bots: [['Twitterbot', 'aggregator']],
  },
  {
    provider: 'LinkedIn',
    url: 'https://www.linkedin.com',
    source: 'https://www.linkedin.com/robots.txt',
    bots: [['LinkedInBot', 'aggregator']],
  },
  {
    provider: 'Pinterest',
    url: 'https://www.pinterest.com',
    source: 'https://help.pinterest.com/en/business/article/pinterest-crawler',
    reverseDns: ['pinterest.com', 'pinterestcrawler.com'],
    bots: [['Pinterestbot', 'aggregator']],
  },
  {
    provider: 'Slack',
    url: 'https://slack.com',
    source: 'https://api.slack.com/robots',
    bots: [
      ['Slackbot', 'aggregator'],
      ['Slackbot-LinkExpanding', 'aggregator'],
      ['Slack-ImgProxy', 'aggregator'],
    ],
  },
  {
    provider: 'Discord',
    url: 'https://discord.com',
    source: 'https://discord.com',
    bots: [['Discordbot', 'aggregator']],
  },
  {
    provider: 'Telegram',
    url: 'https://telegram.org',
    source: 'https://telegram.org',
    bots: [['TelegramBot', 'aggregator']],
  },
  {
    provider: 'WhatsApp',
    url: 'https://www.whatsapp.com',
    source: 'https://www.whatsapp.com',
    bots: [['WhatsApp', 'aggregator', 'WhatsApp/']],
  },
  {
    provider: 'Reddit',
    url: 'https://www.reddit.com',
    source: 'https://www.reddit.com',
    bots: [['redditbot', 'aggregator']],
  },
  {
    provider: 'Feedly',
    url: 'https://feedly.com',
    source: 'https://feedly.com/fetcher.html',
    bots: [['Feedly', 'aggregator', 'Feedly/']],
  },
  {
    provider: 'Ahrefs',
    url: 'https://ahrefs.com',
    source: 'https://ahrefs.com/robot',
    ranges: 'ahrefs',
    reverseDns: ['ahrefs.com', 'ahrefs.net'],
    bots: [
      ['AhrefsBot', 'search_engine_optimization'],
      ['AhrefsSiteAudit', 'search_engine_optimization'],
    ],
  },
  {
    provider: 'Semrush',
    url: 'https://www.semrush.com',
    source: 'https://www.semrush.com/bot/',
    reverseDns: ['bot.semrush.com'],
    bots: [
      ['SemrushBot', 'search_engine_optimization'],
      ['SiteAuditBot', 'search_engine_optimization'],
    ],
  },
  {
    provider: 'Majestic',
    url: 'https://majestic.com',
    source: 'https://mj12bot.com',
    bots: [['MJ12bot', 'search_engine_optimization']],
  },
  {
    provider: 'Moz',
    url: 'https://moz.com',
    source: 'https://moz.com/help/moz-procedures/crawlers/dotbot',
    bots: [
      ['DotBot', 'search_engine_optimization'],
      ['rogerbot', 'search_engine_optimization'],
    ],
  },
  {
    provider: 'DataForSEO',
    url: 'https://dataforseo.com',
    source: 'https://dataforseo.com/dataforseo-bot',
    bots: [['DataForSeoBot', 'search_engine_optimization']],
  },
  {
    provider: 'Babbar',
    url: 'https://www.babbar.tech',
    source: 'https://www.babbar.tech/crawler',
    bots: [['Barkrowler', 'search_engine_optimization']],
  },
  {
    provider: 'Webmeup',
    url: 'https://webmeup.com',
    source: 'https://webmeup-crawler.com',
    bots: [['BLEXBot', 'search_engine_optimization']],
  },
  {
    provider: 'UptimeRobot',
    url: 'https://uptimerobot.com',
    source: 'https://uptimerobot.com/help/locations/',
    ranges: 'uptimerobot',
    bots: [['UptimeRobot', 'monitoring_and_analytics']],
  },
  {
    provider: 'Pingdom',
    url: 'https://www.pingdom.com',
    source:
      'https://documentation.solarwinds.com/en/success_center/pingdom/content/topics/pingdom-probe-servers-ip-addresses.htm',
    ranges: 'pingdom',
    bots: [['Pingdom', 'monitoring_and_analytics', 'Pingdom.com_bot']],
  },
  {
    provider: 'Datadog',
    url: 'https://www.datadoghq.com',
    source: 'https://docs.datadoghq.com/synthetics/guide/identify_synthetics_bots/',
    bots: [['DatadogSynthetics', 'monitoring_and_analytics']],
  },
  {
    provider: 'Better Stack',
    url: 'https://betterstack.com',
    source: 'https://betterstack.com/docs/uptime/frequently-asked-questions/',
    bots: [['Better Uptime Bot', 'monitoring_and_analytics']],
  },
  {
    provider: 'StatusCake',
    url: 'https://www.statuscake.com',
    source: 'https://www.statuscake.com/kb/knowledge-base/what-are-your-ips/',
    bots: [['StatusCake', 'monitoring_and_analytics']],
  },
  {
    provider: 'Site24x7',
    url: 'https://www.site24x7.com',
    source: 'https://www.site24x7.com/multi-location-web-site-monitoring.html',
    bots: [['Site24x7', 'monitoring_and_analytics']],
  },
  {
    provider: 'Internet Archive',
    url: 'https://archive.org',
    source: 'https://archive.org/details/archive.org_bot',
    bots: [
      ['archive.org_bot', 'other'],
      ['ia_archiver', 'other'],
    ],
  },
  {
    provider: 'Censys',
    url: 'https://censys.com',
    source: 'https://docs.censys.com/docs/opt-out-of-data-collection',
    bots: [['CensysInspect', 'security']],
  },
  {
    provider: 'Palo Alto Networks',
    url: 'https://www.paloaltonetworks.com',
    source: 'https://www.paloaltonetworks.com/cortex/cortex-xpanse',
    bots: [['Expanse', 'security', 'Expanse, a Palo Alto Networks company']],
  },
  {
    provider: 'ImmuniWeb',
    url: 'https://www.immuniweb.com',
    source: 'https://www.immuniweb.com/free/',
    bots: [['ImmuniWeb', 'security', 'ImmuniWeb/']],
  },
  {
    provider: 'Proximic',
    url: 'https://www.comscore.com',
    source: 'https://www.comscore.com/Web-Crawler',
    bots: [['proximic', 'advertising_and_marketing']],
  },
  {
    provider: 'Criteo',
    url: 'https://www.criteo.com',
    source: 'https://www.criteo.com/criteo-crawler/',
    bots: [['CriteoBot', 'advertising_and_marketing']],
  },
];

/** Programs that anyone can run: what they are called says how a request was made, and not by whom. */
export const toolFamilies: readonly BotFamily[] = [
  {
    provider: 'Google',
    url: 'https://www.google.com/chrome/',
    source: 'https://developer.chrome.com/docs/chromium/headless',
    bots: [['Headless Chrome', 'browser_automation', 'HeadlessChrome']],
  },
  {
    provider: 'PhantomJS',
    url: 'https://phantomjs.org',
    source: 'https://phantomjs.org',
    bots: [['PhantomJS', 'browser_automation']],
  },
  { provider: 'Scrapy', url: 'https://scrapy.org', source: 'https://docs.scrapy.org', bots: [['Scrapy', 'scraping']] },
  {
    provider: 'curl',
    url: 'https://curl.se',
    source: 'https://curl.se/docs/manpage.html',
    bots: [['curl', 'scraping', 'curl/']],
  },
  {
    provider: 'GNU',
    url: 'https://www.gnu.org/software/wget/',
    source: 'https://www.gnu.org/software/wget/manual/wget.html',
    bots: [['Wget', 'scraping', 'Wget/']],
  },
  {
    provider: 'Python',
    url: 'https://www.python.org',
    source: 'https://docs.python.org/3/library/urllib.request.html',
    bots: [
      ['python-requests', 'scraping'],
      ['python-httpx', 'scraping'],
      ['aiohttp', 'scraping'],
      ['Python-urllib', 'scraping'],
    ],
  },
  {
    provider: 'Go',
    url: 'https://go.dev',
    source: 'https://pkg.go.dev/net/http',
    bots: [['Go-http-client', 'scraping']],
  },
  {
    provider: 'JavaScript libraries',
    url: 'https://www.npmjs.com',
    source: 'https://axios-http.com/docs/req_config',
    bots: [
      ['axios', 'scraping', 'axios/'],
      ['node-fetch', 'scraping'],
      ['undici', 'scraping'],
      ['got', 'scraping', 'got (https://github.com/sindresorhus/got)'],
    ],
  },
  {
    provider: 'Java',
    url: 'https://openjdk.org',
    source: 'https://docs.oracle.com/en/java/javase/21/core/java-networking.html',
    bots: [
      ['Java', 'scraping', 'Java/'],
      ['Java-http-client', 'scraping'],
      ['Apache-HttpClient', 'scraping'],
    ],
  },
  {
    provider: 'Square',
    url: 'https://square.github.io/okhttp/',
    source: 'https://square.github.io/okhttp/',
    bots: [['okhttp', 'other', 'okhttp/']],
  },
  {
    provider: 'Perl',
    url: 'https://www.perl.org',
    source: 'https://metacpan.org/pod/LWP::UserAgent',
    bots: [['libwww-perl', 'scraping']],
  },
  {
    provider: 'PHP',
    url: 'https://www.php.net',
    source: 'https://docs.guzzlephp.org',
    bots: [['GuzzleHttp', 'scraping']],
  },
  {
    provider: 'Postman',
    url: 'https://www.postman.com',
    source: 'https://learning.postman.com/docs/sending-requests/requests/',
    bots: [['PostmanRuntime', 'other']],
  },
];

/** Agents that say who they are by a signature alone: their user agent header is a person's browser's. */
export const signingAgents = [
  {
    directory: 'https://chatgpt.com',
    provider: 'OpenAI',
    url: 'https://openai.com',
    source: 'https://help.openai.com/en/articles/11845367-chatgpt-agent-allowlisting',
    name: 'ChatGPT Agent',
    category: 'ai_agent',
  },
] as const satisfies readonly {
  directory: string;
  provider: string;
  url: string;
  source: string;
  name: string;
  category: Category;
}[];
