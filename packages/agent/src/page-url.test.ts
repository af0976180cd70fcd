import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pageReferrer, pageUrl } from './page-url.ts';

const HREF = 'https://shop.example/reset/123?token=secret#part';
const sha = (text: string) => createHash('sha256').update(text).digest('base64url');

describe('the page’s address', () => {
  it('goes as it is', async () => expect(await pageUrl(HREF)).toBe(HREF));

  it('is cut to what the wire takes', async () => {
    expect(await pageUrl(`https://shop.example/${'x'.repeat(5000)}`)).toHaveLength(4096);
  });

  it('goes with the named parts hashed, each on its own', async () => {
    expect(await pageUrl(HREF, { query: true })).toBe(`https://shop.example/reset/123?${sha('token=secret')}#part`);
    expect(await pageUrl(HREF, { path: true, query: true, fragment: true })).toBe(
      `https://shop.example/${sha('reset/123')}?${sha('token=secret')}#${sha('part')}`,
    );
  });

  it('hashes no part that is not there', async () => {
    const hashing = { path: true, query: true, fragment: true };
    expect(await pageUrl('https://shop.example/', hashing)).toBe('https://shop.example/');
  });
});

describe('the address that led to the page', () => {
  it.each([
    ['', ''],
    ['https://search.example/', 'https://search.example/'],
    ['https://search.example/results?q=illness#top', 'https://search.example/results'],
    ['https://search.example?q=illness', 'https://search.example'],
    ['android-app://com.example.mail/', 'android-app://com.example.mail/'],
  ])('%j goes as %j, without query and fragment', async (given, sent) => {
    expect(await pageReferrer(given)).toBe(sent);
  });

  it('goes with its path hashed where the page hides paths, and as it is where it hides other parts', async () => {
    expect(await pageReferrer(HREF, { path: true })).toBe(`https://shop.example/${sha('reset/123')}`);
    expect(await pageReferrer('android-app://com.example.mail/inbox', { path: true })).toBe(
      `android-app://com.example.mail/${sha('inbox')}`,
    );
    expect(await pageReferrer(HREF, { query: true, fragment: true })).toBe('https://shop.example/reset/123');
  });

  it('is cut to what the wire takes', async () => {
    expect(await pageReferrer(`https://shop.example/${'x'.repeat(5000)}`)).toHaveLength(4096);
  });
});
