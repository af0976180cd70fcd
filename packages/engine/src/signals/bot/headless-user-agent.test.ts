import { describe, expect, it } from 'vitest';
import { chromiumHeadless, chromiumLinux } from '../../testing/chromium-browsers.ts';
import { changed, factsOf } from '../../testing/facts-builder.ts';
import { headlessUserAgent } from './headless-user-agent.ts';

describe('headlessUserAgent', () => {
  it('sees the name in the worker when page and header are renamed', () => {
    const worker = { userAgent: chromiumHeadless.headers['user-agent'] ?? '' };
    const found = headlessUserAgent(factsOf(changed(chromiumLinux, { worker })));
    expect(found).toMatchObject({ outcome: 'automation', type: 'headless_chrome', evidence: [{ from: 'worker' }] });
  });

  it('sees the name in the brand header', () => {
    const headers = { ...chromiumLinux.headers, 'sec-ch-ua': '"HeadlessChrome";v="156", "Chromium";v="156"' };
    expect(headlessUserAgent(factsOf(chromiumLinux, { headers })).outcome).toBe('automation');
  });
});
