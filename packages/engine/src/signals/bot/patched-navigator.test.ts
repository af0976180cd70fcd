import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { changed, factsOf } from '../../testing/facts-builder.ts';
import { patchedNavigator } from './patched-navigator.ts';

const find = (navigatorOwn: string[], patched: string[]) =>
  patchedNavigator(
    factsOf(changed(chromiumLinux, { automation: { webdriver: false, globals: [], navigatorOwn, patched } })),
  ).outcome;

describe('patchedNavigator', () => {
  it('sees webdriver hidden by an own property or a replaced getter', () => {
    expect(find(['webdriver'], [])).toBe('automation');
    expect(find([], ['Navigator.webdriver'])).toBe('automation');
  });

  it('sees two things that only stealth plugins replace', () => {
    expect(find([], ['Navigator.plugins', 'Permissions.query'])).toBe('automation');
  });

  it('leaves one of them, and what switchers and error reporters replace, to others', () => {
    expect(find([], ['Permissions.query'])).toBe('nothing');
    expect(find(['userAgent', 'platform'], ['Navigator.userAgent', 'Function.toString'])).toBe('nothing');
  });
});
