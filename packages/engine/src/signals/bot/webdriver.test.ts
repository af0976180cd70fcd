import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { changed, factsOf } from '../../testing/facts-builder.ts';
import { webdriver } from './webdriver.ts';

describe('webdriver', () => {
  it('sees the driver in the iframe when the page hides it', () => {
    const found = webdriver(factsOf(changed(chromiumLinux, { iframe: { webdriver: true } })));
    expect(found).toMatchObject({ outcome: 'automation', type: 'webdriver', evidence: [{ from: 'iframe' }] });
  });
});
