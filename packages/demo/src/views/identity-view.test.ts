import type { IdentityExplanation } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../testing/sample-event.ts';
import { explainIdentity } from './identity-view.ts';

const explained = (explanation: Omit<IdentityExplanation, 'reasons'>): string =>
  explainIdentity({ ...sampleEvent().identity, explanation: { ...explanation, reasons: [] } });

describe('explainIdentity', () => {
  it('names the place of the token', () => {
    expect(explained({ method: 'token', via: 'httpCookie', candidates: 1 })).toContain('in the server’s own cookie,');
    expect(explained({ method: 'token', via: 'elsewhere', candidates: 1 })).toContain('in elsewhere,');
  });

  it('names the key, and how many were compared', () => {
    expect(explained({ method: 'key', via: 'exact', candidates: 1 })).toMatch(
      /key “exact”.*1 known visitor was compared/,
    );
  });

  it('tells a stranger from one that was compared and not taken', () => {
    expect(explained({ method: 'new', candidates: 0 })).toContain('Nobody known here');
    expect(explained({ method: 'new', candidates: 3 })).toContain('3 known visitors were compared, and none was taken');
  });
});
