import { evidence } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import { appleVersion } from './apple-version.ts';
import { type ClaimedClient, claimedClient } from './claimed-client.ts';
import type { Contradiction } from './contradiction.ts';
import { type Ja4, readJa4 } from './ja4.ts';

/** What does not fit, and the chance that a browser of the claim did not send the hello. */
type Misfit = { what: string; weight: number };

/**
 * The ciphers that Chromium has offered since it dropped 3DES with version 93, on every system: 1301 1302 1303 c02b c02f
 * c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035. Read last from Chromium 156.
 */
const CHROMIUM_CIPHERS = '8daaf6152771';
const CHROMIUM_SINCE = 93;
const CHROMIUM_MEASURED = 156;

/** Versions that offer TLS 1.3 whatever their user sets. */
const offersNewest = ({ engine, major }: ClaimedClient, userAgent: string): boolean =>
  engine === 'webkit' ? (appleVersion(userAgent) ?? 0) >= 1400 : major !== null && major >= 80;

const misfits = (hello: Ja4, grease: boolean | undefined, userAgent: string): Misfit[] => {
  const claim = claimedClient(userAgent);
  const { engine, major } = claim;
  const found: Misfit[] = [];
  const ofChromium = hello.cipherHash === CHROMIUM_CIPHERS;
  if (offersNewest(claim, userAgent) && hello.version !== '13') found.push({ what: 'no TLS 1.3', weight: 0.4 });
  if (hello.protocolOffered === '00') found.push({ what: 'no application protocol', weight: 0.4 });
  else if (!['h2', 'h3'].includes(hello.protocolOffered)) found.push({ what: 'no HTTP/2', weight: 0.2 });
  if (engine === 'blink' && grease === false) found.push({ what: 'no GREASE', weight: 0.4 });
  if (engine === 'gecko' && grease === true) found.push({ what: 'GREASE', weight: 0.3 });
  if (engine !== 'blink' && ofChromium) found.push({ what: 'Chromium’s ciphers', weight: 0.5 });
  if (engine === 'blink' && !ofChromium && major !== null && major >= CHROMIUM_SINCE && major <= CHROMIUM_MEASURED) {
    found.push({ what: 'other ciphers than Chromium’s', weight: 0.3 });
  }
  return found;
};

/**
 * The TLS hello of the visitor's connection against the claimed browser, by what is certain of its engine alone; no
 * table of fingerprints is kept. However much does not fit, it is one contradiction: a virus scanner or a company's
 * proxy that opens TLS sends a hello of its own for an honest browser, and then all of it is another's. Null where no
 * hello was read, or the claim is of no known engine.
 */
export const tlsContradictions = (facts: Facts): Contradiction[] | null => {
  const { tls, headers } = facts;
  const userAgent = headers['user-agent'] ?? sourceValue(facts, 'userAgent');
  const hello = tls === undefined ? undefined : readJa4(tls.ja4);
  if (tls === undefined || hello === undefined || userAgent === undefined) return null;
  const { engine } = claimedClient(userAgent);
  if (engine === 'other') return null;
  const found = misfits(hello, tls.grease, userAgent);
  if (found.length === 0) return [];
  const value = { ja4: tls.ja4, source: tls.source, claim: engine, misfits: found.map(({ what }) => what) };
  const weight = Math.max(...found.map((misfit) => misfit.weight));
  return [{ about: 'tls', evidence: evidence('TLS hello is not that of the claimed browser', value, weight, 'tls') }];
};
