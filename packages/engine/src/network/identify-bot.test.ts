import { describe, expect, it } from 'vitest';
import type { CrawlerFinding } from '../facts.ts';
import { homeNetwork, NOON, privateNetwork } from '../testing/facts-builder.ts';
import { identifyBot, isIdentityEvidence } from './identify-bot.ts';
import type { SignatureFinding } from './web-bot-auth.ts';

const DAY = 24 * 3_600_000;
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

const finding = (listed: boolean, days: number): CrawlerFinding => ({
  source: { name: 'published addresses of googlebot', builtAt: NOON - days * DAY },
  listed,
});

const networkWith = (listed: boolean, days = 1) => ({ ...homeNetwork, crawlers: { googlebot: finding(listed, days) } });

type Given = {
  userAgent?: string;
  network?: Parameters<typeof identifyBot>[0]['network'];
  signature?: SignatureFinding;
};

const identify = ({ userAgent = GOOGLEBOT, network = homeNetwork, signature }: Given) =>
  identifyBot({ time: NOON, userAgent, network, signature });

describe('identifyBot by addresses', () => {
  it.each([
    ['listed a day ago', true, 1, 'verified', 'high'],
    ['listed three months ago', true, 92, 'verified', 'medium'],
    ['listed a year ago', true, 365, 'verified', 'low'],
    ['not listed a day ago', false, 1, 'spoofed', 'high'],
    ['not listed three months ago', false, 92, 'spoofed', 'medium'],
    ['not listed a year ago', false, 365, 'spoofed', 'low'],
  ] as const)('judges an address that was %s', (_, listed, days, identity, confidence) => {
    expect(identify({ network: networkWith(listed, days) })?.info).toEqual({
      category: 'search_engine_crawler',
      provider: 'Google',
      providerUrl: 'https://google.com',
      name: 'Googlebot',
      identity,
      confidence,
    });
  });

  it('names the list and its day as evidence', () => {
    const { evidence = [] } = identify({ network: networkWith(false) }) ?? {};
    expect(evidence).toHaveLength(2);
    expect(evidence.every(isIdentityEvidence)).toBe(true);
    expect(evidence[1]).toMatchObject({
      value: homeNetwork.address,
      weight: 0.95,
      from: 'published addresses of googlebot, 2026-11-19T12:00:00.000Z',
    });
  });

  it.each<[string, Given]>([
    ['no list is loaded', {}],
    ['the address is private', { network: { ...privateNetwork, crawlers: { googlebot: finding(false, 1) } } }],
    ['the operator publishes nothing', { userAgent: 'MJ12bot/v1.4.8', network: networkWith(false) }],
    ['it is a program that anyone can run', { userAgent: 'curl/8.14.1', network: networkWith(true) }],
    ['nobody knows the name', { userAgent: 'acme-crawler/1.0', network: networkWith(true) }],
  ])('proves nothing where %s', (_, given) => {
    expect(identify(given)?.info.identity).toBe('unknown');
  });

  describe('of a client with an address of each family', () => {
    type Verdict = 'listed' | 'not listed' | 'no list' | 'private';
    const addressFacts = (family: 4 | 6, verdict: Verdict) => ({
      address: family === 4 ? '203.0.114.9' : '2001:4860:4801:10::1',
      family,
      isPublic: verdict !== 'private',
      crawlers: verdict === 'no list' ? {} : { googlebot: finding(verdict === 'listed', 1) },
    });
    const both = (v4: Verdict, v6: Verdict) =>
      identify({ network: { ...homeNetwork, addresses: [addressFacts(4, v4), addressFacts(6, v6)] } });

    it.each<[Verdict, Verdict, string]>([
      ['listed', 'listed', 'verified'],
      ['listed', 'not listed', 'verified'],
      ['not listed', 'listed', 'verified'],
      ['listed', 'no list', 'verified'],
      ['no list', 'listed', 'verified'],
      ['not listed', 'not listed', 'spoofed'],
      ['not listed', 'no list', 'unknown'],
      ['no list', 'not listed', 'unknown'],
      ['no list', 'no list', 'unknown'],
      ['not listed', 'private', 'spoofed'],
      ['private', 'no list', 'unknown'],
      ['private', 'private', 'unknown'],
    ])('judges one whose IPv4 is %s and whose IPv6 is %s', (v4, v6, identity) => {
      expect(both(v4, v6)?.info.identity).toBe(identity);
    });

    it('names the address that proves, or the family that there is no list of', () => {
      expect(both('no list', 'listed')?.evidence[1]).toMatchObject({ value: '2001:4860:4801:10::1' });
      expect(both('not listed', 'no list')?.evidence[1]).toMatchObject({
        value: 'no list of its IPv6 addresses is loaded',
        weight: 0,
      });
      expect(both('no list', 'not listed')?.evidence[1]).toMatchObject({
        value: 'no list of its IPv4 addresses is loaded',
      });
    });
  });

  it('holds a bot only against its own operator’s list', () => {
    const userAgent =
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.3; +https://openai.com/gptbot';
    expect(identify({ userAgent, network: networkWith(true) })?.info).toMatchObject({
      name: 'GPTBot',
      identity: 'unknown',
    });
  });

  it('says nothing of a browser', () => {
    expect(identify({ userAgent: CHROME, network: networkWith(true) })).toBeUndefined();
    expect(identifyBot({ time: NOON, userAgent: undefined, network: homeNetwork })).toBeUndefined();
  });
});

const agent = 'https://chatgpt.com';
const valid: SignatureFinding = { outcome: 'valid', agent, keyId: 'k' };
const invalid: SignatureFinding = {
  outcome: 'invalid',
  agent,
  why: 'signature does not fit the request',
  certain: true,
};
const expired: SignatureFinding = { outcome: 'invalid', agent, why: 'signature is expired', certain: false };
const unproven: SignatureFinding = { outcome: 'unproven', agent, why: 'key of the signature is not known' };

describe('identifyBot by signatures', () => {
  it.each([
    ['right', valid, 'signed', 'high'],
    ['wrong', invalid, 'spoofed', 'high'],
    ['expired', expired, 'spoofed', 'medium'],
    ['of an unknown key', unproven, 'unknown', 'low'],
  ] as const)('judges a signature that is %s', (_, signature, identity, confidence) => {
    expect(identify({ userAgent: CHROME, signature })?.info).toEqual({
      category: 'ai_agent',
      provider: 'OpenAI',
      providerUrl: 'https://openai.com',
      name: 'ChatGPT Agent',
      identity,
      confidence,
    });
  });

  it('names an agent that it does not know by its host', () => {
    const signature: SignatureFinding = { outcome: 'valid', agent: 'https://agent.example', keyId: 'k' };
    expect(identify({ userAgent: CHROME, signature })?.info).toEqual({
      category: 'unknown',
      provider: 'agent.example',
      name: 'agent.example',
      identity: 'signed',
      confidence: 'high',
    });
  });

  it('calls a bot by its own name where that bot signs with these keys, and not where another does', () => {
    const userAgent = 'Mozilla/5.0 (compatible; ChatGPT-User/1.0; +https://openai.com/bot)';
    expect(identify({ userAgent, signature: valid })?.info).toMatchObject({ name: 'ChatGPT-User', identity: 'signed' });
    expect(identify({ signature: valid })?.info).toMatchObject({ name: 'ChatGPT Agent', identity: 'signed' });
  });

  it('believes the operator’s address above a broken signature', () => {
    expect(identify({ network: networkWith(true), signature: invalid })?.info).toMatchObject({
      name: 'Googlebot',
      identity: 'verified',
    });
  });

  it('believes no name beside a broken signature', () => {
    expect(identify({ userAgent: 'acme-crawler/1.0', signature: invalid })?.info.identity).toBe('spoofed');
  });

  it('says nothing of a signature that names nobody', () => {
    const signature: SignatureFinding = { outcome: 'unproven', agent: null, why: 'no signature is for web-bot-auth' };
    expect(identify({ userAgent: CHROME, signature })).toBeUndefined();
  });
});
