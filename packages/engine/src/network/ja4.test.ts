import { describe, expect, it } from 'vitest';
import { readJa4 } from './ja4.ts';
import { capturedRequests, programHellos } from './testing/captured-requests.ts';

const CHROME = 't13d1516h2_8daaf6152771_02713d6af862';

describe('readJa4', () => {
  it('takes a fingerprint apart', () => {
    expect(readJa4(CHROME)).toEqual({
      protocol: 'tcp',
      version: '13',
      namesServer: true,
      ciphers: 15,
      extensions: 16,
      protocolOffered: 'h2',
      cipherHash: '8daaf6152771',
      extensionHash: '02713d6af862',
    });
    expect(readJa4(`q${CHROME.slice(1)}`)?.protocol).toBe('quic');
    expect(readJa4('t12i1909 00_000000000000_000000000000'.replace(' ', ''))?.protocolOffered).toBe('00');
  });

  it('reads what real clients have', () => {
    const all = [...Object.values(capturedRequests).map(({ tls }) => tls), ...Object.values(programHellos)];
    for (const { ja4 } of all) expect(readJa4(ja4), ja4).toBeDefined();
  });

  it.each([
    '',
    CHROME.toUpperCase(),
    ` ${CHROME}`,
    `${CHROME}\n`,
    `${CHROME}, ${CHROME}`,
    CHROME.slice(0, -1),
    CHROME.replace('t13', 'x13'),
    CHROME.replace('t13', 't14'),
    CHROME.replace('d15', 'e15'),
    CHROME.replace('1516', '151'),
    CHROME.replace('h2', 'h-'),
    CHROME.replace('8daa', '8dag'),
    '771,4865-4866,0-23,29,0',
    '(null)',
  ])('refuses %j', (text) => {
    expect(readJa4(text)).toBeUndefined();
  });
});
