import { describe, expect, it } from 'vitest';
import { capturedRequests, programHellos } from '../../network/testing/captured-requests.ts';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { factsOf } from '../../testing/facts-builder.ts';
import { firefoxLinux } from '../../testing/other-browsers.ts';
import { requestSender } from './request-sender.ts';

const curl = programHellos['curl 7.88 with OpenSSL 3'];
if (curl === undefined) throw new Error('curl’s hello is missing');

const { 'sec-fetch-site': _site, 'sec-fetch-mode': _mode, 'sec-fetch-dest': _dest, ...bare } = chromiumLinux.headers;

describe('requestSender', () => {
  it('sees a program that has neither the headers nor the hello of its browser', () => {
    const found = requestSender(factsOf(chromiumLinux, { headers: bare, tls: curl }));
    expect(found).toMatchObject({ outcome: 'automation', type: 'http_client' });
    expect(found.evidence.map(({ from }) => from)).toEqual(['headers', 'tls']);
  });

  it('shows headers that were dropped, or a hello of somebody between, without a verdict', () => {
    expect(requestSender(factsOf(chromiumLinux, { headers: bare }))).toMatchObject({
      outcome: 'nothing',
      evidence: [{ weight: 0.3 }],
    });
    expect(requestSender(factsOf(chromiumLinux, { tls: curl }))).toMatchObject({
      outcome: 'nothing',
      evidence: [{ weight: 0.4 }],
    });
    const tls = capturedRequests['Chromium, same origin']?.tls;
    expect(requestSender(factsOf(firefoxLinux, tls === undefined ? {} : { tls })).outcome).toBe('nothing');
  });

  it('shows one header of three, as a site’s own server sends it that passes requests on, without a verdict', () => {
    const headers = { ...bare, 'sec-fetch-mode': 'cors' };
    expect(requestSender(factsOf(chromiumLinux, { headers }))).toMatchObject({
      outcome: 'nothing',
      evidence: [{ weight: 0.45 }],
    });
    expect(requestSender(factsOf(chromiumLinux, { headers, tls: curl })).outcome).toBe('automation');
  });

  it('sees the headers of a page that was opened', () => {
    const headers = {
      ...bare,
      'sec-fetch-site': 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect(requestSender(factsOf(chromiumLinux, { headers })).outcome).toBe('automation');
  });

  it('does not look at a page of which neither is known', () => {
    const headers = { ...bare, origin: 'http://shop.example' };
    expect(requestSender(factsOf(chromiumLinux, { headers })).outcome).toBe('not-looked');
  });
});
