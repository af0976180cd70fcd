import type { OpenAnswer } from '@whorl/contract';
import type { RunningWhorl } from '@whorl/testing';
import { expect } from 'vitest';
import { chromiumSources, chromiumUserAgent } from '../packages/server/src/testing/chromium-sources.ts';
import { ingestClient } from './ingest-client.ts';

/** A visit of a Chromium from an address, by one of the server's public keys. The server must trust this machine as a proxy. */
export const visitByAddress = async (whorl: RunningWhorl, ip: string, key = whorl.publicKey): Promise<OpenAnswer> => {
  const observation = {
    version: 1,
    nonce: '',
    url: 'https://shop.example/',
    sdk: { platform: 'js', version: '0.1.0' },
    sources: chromiumSources(),
  };
  const headers = { 'user-agent': chromiumUserAgent, 'x-forwarded-for': ip };
  const { status, body, text } = await ingestClient(whorl).observe(observation, {}, headers, key);
  expect(status, text).toBe(200);
  return body as OpenAnswer;
};
