import { describe, expect, it } from 'vitest';
import { chromeAndroid, chromeMac, chromiumLinux, edgeWindows } from '../testing/chromium-browsers.ts';
import { firefoxLinux, safariMac, safariPhone } from '../testing/other-browsers.ts';
import { claimedClient } from './claimed-client.ts';

const claimOf = ({ headers }: typeof chromiumLinux) => claimedClient(headers['user-agent'] ?? '');

describe('claimedClient', () => {
  it.each([
    [claimOf(chromiumLinux), 'blink', 'Linux', 156],
    [claimOf(edgeWindows), 'blink', 'Windows', 156],
    [claimOf(chromeMac), 'blink', 'Mac', 156],
    [claimOf(chromeAndroid), 'blink', 'Android', 156],
    [claimOf(firefoxLinux), 'gecko', 'Linux', 153],
    [claimOf(safariMac), 'webkit', 'Mac', null],
    [claimOf(safariPhone), 'webkit', 'iOS', null],
    [
      claimedClient('Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) AppleWebKit/605 CriOS/137.0 Safari/604.1'),
      'webkit',
      'iOS',
      null,
    ],
    [claimedClient('Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko'), 'other', 'Windows', null],
    [claimedClient('curl/8.1'), 'other', 'other', null],
    [claimedClient(''), 'other', 'other', null],
  ])('%o', (claim, engine, os, major) => {
    expect(claim).toEqual({ engine, os, major });
  });
});
