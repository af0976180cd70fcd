import { describe, expect, it } from 'vitest';
import { chromiumLinux, edgeWindows } from '../../testing/chromium-browsers.ts';
import { factsOf } from '../../testing/facts-builder.ts';
import { headerClientHints } from './header-client-hints.ts';

const sent = (headers: Record<string, string>, browser = chromiumLinux) =>
  headerClientHints(factsOf(browser, { headers: { ...browser.headers, ...headers } }));

describe('headerClientHints', () => {
  it('sees a brand header of another version than the page’s hints', () => {
    const found = sent({ 'sec-ch-ua': '"Chromium";v="120", "Not(A:Brand";v="24"' });
    expect(found).toMatchObject({ outcome: 'automation', type: 'forged_user_agent' });
  });

  it('sees a platform header of another system', () => {
    expect(sent({ 'sec-ch-ua-platform': '"Windows"' }).outcome).toBe('automation');
  });

  it('finds nothing in Edge, whose own brand has another version form', () => {
    expect(headerClientHints(factsOf(edgeWindows)).outcome).toBe('nothing');
  });

  it('does not look where the browser sends no hints', () => {
    const { 'sec-ch-ua': _, ...headers } = chromiumLinux.headers;
    expect(headerClientHints(factsOf(chromiumLinux, { headers })).outcome).toBe('not-looked');
  });
});
