import type { TlsFacts } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { type Browser, emptyVisit, factsOf } from '../testing/facts-builder.ts';
import { honestBrowsers } from '../testing/honest-browsers.ts';
import { firefoxLinux, safariMac, safariPhone } from '../testing/other-browsers.ts';
import { capturedRequests, programHellos } from './testing/captured-requests.ts';
import { tlsContradictions } from './tls-hello.ts';

const helloOf = (name: string): TlsFacts => {
  const captured = capturedRequests[name];
  if (captured === undefined) throw new Error(`nothing was captured of ${name}`);
  return captured.tls;
};
const ofChromium = helloOf('Chromium, same origin');
const ofFirefox = helloOf('Firefox, same origin');

const misfits = (browser: Browser, tls: TlsFacts) =>
  tlsContradictions(factsOf(browser, { tls }))?.map(({ evidence }) => evidence.value);
const saying = (...words: string[]) => [expect.objectContaining({ misfits: words })];

describe('tlsContradictions', () => {
  it.each(Object.entries(programHellos))('knows every claimed browser from %s', (_, tls) => {
    for (const browser of [chromiumLinux, firefoxLinux, safariPhone]) {
      const isNewest = tls.ja4.startsWith('t13') && tls.ja4.slice(8, 10) === 'h2';
      const found = misfits(browser, tls);
      // With its version and its protocol right, a hello without GREASE passes for Firefox or Safari.
      expect(found).toHaveLength(browser === chromiumLinux || !isNewest ? 1 : 0);
    }
  });

  it('knows Chromium and Firefox from one another', () => {
    expect(misfits(chromiumLinux, ofFirefox)).toEqual(saying('no GREASE', 'other ciphers than Chromium’s'));
    expect(misfits(firefoxLinux, ofChromium)).toEqual(saying('GREASE', 'Chromium’s ciphers'));
    expect(misfits(safariMac, ofChromium)).toEqual(saying('Chromium’s ciphers'));
  });

  it('is one contradiction that is no verdict alone, whatever does not fit', () => {
    for (const browser of Object.values(honestBrowsers)) {
      for (const tls of [ofChromium, ofFirefox, ...Object.values(programHellos)]) {
        const found = tlsContradictions(factsOf(browser, { tls })) ?? [];
        expect(found.length).toBeLessThan(2);
        for (const { evidence } of found) expect(evidence.weight).toBeLessThanOrEqual(0.5);
      }
    }
  });

  it('looks for less where a proxy tells the fingerprint alone', () => {
    const { grease: _, ...told } = { ...ofFirefox, source: 'proxy' as const };
    expect(misfits(chromiumLinux, told)).toEqual(saying('other ciphers than Chromium’s'));
    expect(misfits(chromiumLinux, { ja4: ofChromium.ja4, source: 'proxy' })).toEqual([]);
  });

  it('takes QUIC’s protocol, and other ciphers of versions that nobody has measured', () => {
    const quic = { ...ofChromium, ja4: 'q13d0310h3_55b375c5d22e_cd85d2d88918' };
    const later = {
      ...chromiumLinux.headers,
      'user-agent': chromiumLinux.headers['user-agent']?.replace('156', '170') ?? '',
    };
    expect(misfits({ ...chromiumLinux, headers: later }, quic)).toEqual([]);
  });

  it('does not look without a hello, or without a claim', () => {
    expect(tlsContradictions(factsOf(chromiumLinux))).toBeNull();
    expect(tlsContradictions({ ...emptyVisit, tls: ofChromium })).toBeNull();
    const headers = { 'user-agent': 'okhttp/4.12.0' };
    expect(tlsContradictions({ ...factsOf(chromiumLinux), headers, tls: ofChromium })).toBeNull();
    expect(tlsContradictions(factsOf(chromiumLinux, { tls: { ja4: 'nonsense', source: 'proxy' } }))).toBeNull();
  });
});
