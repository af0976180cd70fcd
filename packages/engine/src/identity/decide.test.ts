import { describe, expect, it } from 'vitest';
import { decide, defaultDecisionOptions } from './decide.ts';
import type { Candidate, Features } from './identity.ts';

const desktop: Features = {
  os: 'Linux',
  browser: 'Chrome',
  platform: 'Linux x86_64',
  architecture: '255',
  gpu: 'Mesa|Iris Xe',
  canvas: 'a|b',
  fonts: '#1',
  screen: '[1920,1080]',
  cores: '8',
  memory: '8',
  timezone: 'Europe/Berlin',
  language: 'de-DE',
  address: '192.0.2.1',
};
const seen = { workspace: 1_000, server: 1_000 };
const known = (visitorId: string, via: Candidate['via'], features: Features = desktop): Candidate => ({
  visitorId,
  via,
  features,
  firstSeen: seen,
  lastSeen: seen,
});
const token = { kind: 'token', place: 'cookie' } as const;
const key = { kind: 'key', name: 'stable' } as const;

describe('decide', () => {
  it('makes a visitor new when nobody looks alike, and is not wholly sure of it', () => {
    const decision = decide(desktop, []);
    expect(decision.match).toBeNull();
    expect(decision.confidence).toBe(0.95);
    expect(decision.explanation.method).toBe('new');
  });

  it('does not rely on a token that comes with nothing to check it by', () => {
    const decision = decide({ os: 'Linux', browser: 'Chrome' }, [known('A', token)]);
    expect(decision).toMatchObject({ confidence: 0.85, trusted: false });
    expect(decision.match?.visitorId).toBe('A');
  });

  it('lets a visitor who showed little at first show more', () => {
    expect(decide(desktop, [known('A', token, { os: 'Linux' })])).toMatchObject({ confidence: 0.995, trusted: true });
  });

  it('is in two minds when a telling source was late, too', () => {
    const decision = decide(desktop, [], { ...defaultDecisionOptions, comparable: false });
    expect(decision.confidence).toBe(0.5);
    expect(decision.explanation.reasons[0]?.fact).toMatch('too little');
  });

  it('is in two minds when too little was collected to compare', () => {
    expect(decide({ os: 'Linux', browser: 'Chrome' }, []).confidence).toBe(0.5);
  });

  it('follows a token that nothing contradicts, whatever the network', () => {
    const decision = decide({ ...desktop, address: '198.51.100.7', cores: '16' }, [known('A', token)]);
    expect(decision.match?.visitorId).toBe('A');
    expect(decision.explanation).toMatchObject({ method: 'token', via: 'cookie' });
    expect(decision.trusted).toBe(true);
  });

  it.each([
    ['os', { os: 'Windows' }, 1],
    ['browser', { browser: 'Firefox' }, 1],
    ['three facts of the machine', { cores: '2', memory: '4', screen: '[1,1]' }, 3],
  ])('does not follow a token when %s contradicts it, and says so', (_, change, facts) => {
    const decision = decide({ ...desktop, ...change }, [known('A', token), known('A', key)]);
    expect(decision.match).toBeNull();
    expect(decision.tokenContradictions).toHaveLength(facts);
    expect(decision.explanation.reasons.some((reason) => reason.weight < 0)).toBe(true);
  });

  it('falls back from a copied token to the next that is believable', () => {
    const copied = known('A', token, { ...desktop, os: 'Windows' });
    const decision = decide(desktop, [copied, known('B', { kind: 'token', place: 'indexedDB' })]);
    expect(decision.match?.visitorId).toBe('B');
    expect(decision.tokenContradictions).not.toHaveLength(0);
  });

  it('links a desktop by the exact key, and more surely from the same address', () => {
    const same = decide(desktop, [known('A', key)]);
    const moved = decide({ ...desktop, address: '198.51.100.7' }, [known('A', key)]);
    expect(same.match?.visitorId).toBe('A');
    expect(moved.match?.visitorId).toBe('A');
    expect(same.confidence).toBeGreaterThan(moved.confidence);
    expect(moved.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it('does not link when two known visitors look alike and neither is at this address', () => {
    const decision = decide({ ...desktop, address: '198.51.100.7' }, [known('A', key), known('B', key)]);
    expect(decision.match).toBeNull();
    expect(decision.explanation.runnersUp).toHaveLength(2);
    expect(decision.confidence).toBeLessThan(0.6);
  });

  it('tells two that look alike apart by the address', () => {
    const elsewhere = known('B', key, { ...desktop, address: '203.0.113.9' });
    expect(decide(desktop, [elsewhere, known('A', key)]).match?.visitorId).toBe('A');
  });

  it('keeps identical phones apart unless the address speaks for one', () => {
    const phone = { ...desktop, os: 'iOS' };
    expect(decide({ ...phone, address: '198.51.100.7' }, [known('A', key, phone)]).match).toBeNull();
    expect(decide(phone, [known('A', key, phone)]).match?.visitorId).toBe('A');
  });

  it('keeps the threshold that it is given', () => {
    const decision = decide({ ...desktop, address: '198.51.100.7' }, [known('A', key)], {
      threshold: 0.95,
      trustThreshold: 0.99,
    });
    expect(decision.match).toBeNull();
  });
});
