import { describe, expect, it } from 'vitest';
import { portray } from './portrait.ts';
import { firstProfile } from './profile.ts';
import { teachReturn } from './teach.ts';
import { observed } from './testing/observed.ts';
import { countToken } from './token-habit.ts';

const MINUTE = 60_000;
const visit = (minutes: number, zone = 'Europe/Berlin') =>
  portray(observed({ timezone: { value: zone, duration: 1 } }), minutes * MINUTE);

describe('teachReturn', () => {
  const known = firstProfile(visit(0));
  const keys = (minutes: number, zone?: string) =>
    new Set(teachReturn(() => 0, visit(minutes, zone), known, [], true).map(({ key }) => key));
  const tokenKey = (minutes: number) => countToken(visit(minutes), known, true)[0]?.key;

  it('counts how a visitor comes back, and not how it goes from page to page', () => {
    expect(keys(5)).toEqual(new Set());
    expect(keys(29)).toEqual(new Set());
    expect(keys(30)).toContain(tokenKey(30));
  });

  it('counts what has changed at once', () => {
    expect(keys(5, 'Asia/Tokyo').size).toBeGreaterThan(0);
    expect(keys(5, 'Asia/Tokyo')).not.toContain(tokenKey(5));
  });
});
