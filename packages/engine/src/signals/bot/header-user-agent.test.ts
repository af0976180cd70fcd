import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { factsOf } from '../../testing/facts-builder.ts';
import { firefoxResisting } from '../../testing/other-browsers.ts';
import { headerUserAgent } from './header-user-agent.ts';

const sentBy = (userAgent: string, browser = chromiumLinux) =>
  headerUserAgent(factsOf(browser, { headers: { ...browser.headers, 'user-agent': userAgent } }));

describe('headerUserAgent', () => {
  it('sees an observation that another program sent', () => {
    expect(sentBy('python-requests/2.32.0')).toMatchObject({ outcome: 'automation', type: 'http_client' });
  });

  it('sees a header of another browser', () => {
    const found = sentBy(
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Safari/537.36',
    );
    expect(found).toMatchObject({ outcome: 'automation', type: 'forged_user_agent' });
  });

  it('lets Tor Browser say Windows in the header', () => {
    const header = 'Mozilla/5.0 (Windows NT 10.0; rv:153.0) Gecko/20100101 Firefox/153.0';
    expect(sentBy(header, firefoxResisting).outcome).toBe('nothing');
  });
});
