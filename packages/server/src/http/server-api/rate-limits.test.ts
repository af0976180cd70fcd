import { type ApiKey, type Workspace, workspaceDefaults } from '@whorl/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyGrant } from '../../storage/store.ts';
import { RateLimits } from './rate-limits.ts';

const grant = (rateLimits: Workspace['rateLimits'], keyId = 'key_1', workspaceId = 'ws_1'): KeyGrant => ({
  key: { id: keyId } as ApiKey,
  workspace: {
    ...workspaceDefaults,
    disabledFeatures: [],
    id: workspaceId,
    name: '',
    createdAt: 0,
    region: 'us',
    rateLimits,
  },
  environment: null,
  sealedBeside: false,
});

const perKey = (requests: number, seconds: number) => ({ perKey: { requests, seconds }, perAddress: null });
const perAddress = (requests: number, seconds: number) => ({ perKey: null, perAddress: { requests, seconds } });

describe('RateLimits', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets everything through without limits', async () => {
    const limits = new RateLimits();
    for (let i = 0; i < 1000; i++) {
      expect(await limits.take(grant({ perKey: null, perAddress: null }), '203.0.113.7')).toBe(0);
    }
  });

  it('lets through as many as the limit says, then tells how long to wait, and counts anew afterwards', async () => {
    const limits = new RateLimits();
    const asker = grant(perKey(2, 10));
    expect(await limits.take(asker, '203.0.113.7')).toBe(0);
    vi.advanceTimersByTime(3_500);
    expect(await limits.take(asker, '203.0.113.8')).toBe(0);
    expect(await limits.take(asker, '203.0.113.7')).toBe(7);
    vi.advanceTimersByTime(6_499);
    expect(await limits.take(asker, '203.0.113.7')).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await limits.take(asker, '203.0.113.7')).toBe(0);
  });

  it('counts each key by itself', async () => {
    const limits = new RateLimits();
    expect(await limits.take(grant(perKey(1, 10), 'key_1'), '203.0.113.7')).toBe(0);
    expect(await limits.take(grant(perKey(1, 10), 'key_2'), '203.0.113.7')).toBe(0);
    expect(await limits.take(grant(perKey(1, 10), 'key_1'), '203.0.113.7')).toBe(10);
  });

  it('counts an address over all keys of its workspace, and an IPv6 address by its network', async () => {
    const limits = new RateLimits();
    const limit = perAddress(1, 10);
    expect(await limits.take(grant(limit, 'key_1'), '2001:db8::1')).toBe(0);
    expect(await limits.take(grant(limit, 'key_2'), '2001:db8::2')).toBe(10);
    expect(await limits.take(grant(limit, 'key_1'), '2001:db8:0:1::1')).toBe(0);
    expect(await limits.take(grant(limit, 'key_1', 'ws_2'), '2001:db8::1')).toBe(0);
  });

  it('starts anew when a limit is changed, and forgets one that is gone', async () => {
    const limits = new RateLimits();
    await limits.take(grant(perKey(1, 10)), '203.0.113.7');
    expect(await limits.take(grant(perKey(1, 10)), '203.0.113.7')).toBe(10);
    expect(await limits.take(grant(perKey(2, 10)), '203.0.113.7')).toBe(0);
    expect(await limits.take(grant({ perKey: null, perAddress: null }), '203.0.113.7')).toBe(0);
    expect(await limits.take(grant(perKey(1, 10)), '203.0.113.7')).toBe(0);
  });

  it('tells a hundred thousand addresses apart, and no more', async () => {
    const limits = new RateLimits();
    const asker = grant(perAddress(1, 86_400));
    const address = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
    for (let n = 0; n < 100_000; n++) await limits.take(asker, address(n));
    expect(await limits.take(asker, address(0))).toBe(86_400);
    expect(await limits.take(asker, address(100_000))).toBe(0);
    expect(vi.getTimerCount()).toBe(100_000);
    expect(await limits.take(asker, address(0))).toBe(0);
    expect(await limits.take(asker, address(2))).toBe(86_400);
  });
});
