import type { TlsFacts } from '@whorl/contract';
import type { HeaderFacts } from '../../facts.ts';

/** Headers that a client really sent with a request of a page on `https://localhost`, what its page said, and its hello. */
export type CapturedRequest = { headers: HeaderFacts; userAgent: string; languages: string[]; tls: TlsFacts };

const chromium =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

const metadata = (site: string, mode: string) => ({
  origin: 'https://localhost:9443',
  'sec-fetch-site': site,
  'sec-fetch-mode': mode,
  'sec-fetch-dest': 'empty',
});

const ofChromium = (site: string, mode: string, ja4: string): CapturedRequest => ({
  headers: {
    'user-agent': chromium,
    'accept-language': 'de-DE,de;q=0.9,fr;q=0.8',
    'sec-ch-ua': '"Not:A-Brand";v="8", "Chromium";v="156"',
    'sec-ch-ua-mobile': '?0',
    'sec-ch-ua-platform': '"Linux"',
    ...metadata(site, mode),
  },
  userAgent: chromium,
  languages: ['de-DE', 'fr'],
  tls: { ja4, source: 'hello', grease: true },
});

const ofFirefox = (site: string, mode: string, languages: string[], asked: string, ja4: string): CapturedRequest => ({
  headers: { 'user-agent': firefox, 'accept-language': asked, ...metadata(site, mode) },
  userAgent: firefox,
  languages,
  tls: { ja4, source: 'hello', grease: false },
});

/** Requests of untouched browsers: Debian's Chromium 156 and Firefox ESR 153, November 2026. */
export const capturedRequests: Record<string, CapturedRequest> = {
  'Chromium, same origin': ofChromium('same-origin', 'cors', 't13d1517h2_8daaf6152771_cb7bf5808d99'),
  'Chromium, across sites, to an address': ofChromium('cross-site', 'cors', 't13i1516h2_8daaf6152771_cb7bf5808d99'),
  'Chromium, a beacon': ofChromium('same-origin', 'no-cors', 't13d1517h2_8daaf6152771_cb7bf5808d99'),
  'Firefox, same origin': ofFirefox(
    'same-origin',
    'cors',
    ['en-US', 'en'],
    'en-US,en;q=0.9',
    't13d1617h2_86a278354501_3cbfd9057e0d',
  ),
  'Firefox, its second try at a handshake': ofFirefox(
    'same-origin',
    'cors',
    ['en-US', 'en'],
    'en-US,en;q=0.9',
    't13d1616h2_86a278354501_0c27189014cf',
  ),
  'Firefox, a private window, across sites': ofFirefox(
    'cross-site',
    'cors',
    ['de-DE', 'fr', 'en-US'],
    'de-DE,fr;q=0.9,en-US;q=0.8',
    't13d1615h2_86a278354501_a54fffd0eb61',
  ),
  'Firefox resisting fingerprinting, a beacon': ofFirefox(
    'same-origin',
    'no-cors',
    ['de-DE', 'fr'],
    'de-DE,fr;q=0.9',
    't13i1616h2_86a278354501_3cbfd9057e0d',
  ),
};

/** Hellos of programs that are no browsers, read on the same machine. */
export const programHellos: Record<string, TlsFacts> = {
  'curl 7.88 with OpenSSL 3': { ja4: 't13d3112h2_e8f1e7e78f70_b26ce05bbdd6', source: 'hello', grease: false },
  'curl 7.88, TLS 1.2 at most': { ja4: 't12d2807h2_d943125447b4_a44c6288192a', source: 'hello', grease: false },
  'fetch of Node.js 20': { ja4: 't13d5911h1_a33745022dd6_1f22a2ca17c4', source: 'hello', grease: false },
  'urllib of Python 3.11': { ja4: 't13d181100_85036bcba153_d41ae481755e', source: 'hello', grease: false },
};
