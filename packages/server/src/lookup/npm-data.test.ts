import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildTimeOfVersion, npmFile, npmVersion } from './npm-data.ts';

describe('npm data packages', () => {
  it('are found by package and file', () => {
    expect(existsSync(npmFile('@ip-location-db/asn', 'asn-ipv4-num.csv'))).toBe(true);
  });

  it('carry the hour of their build in their version', () => {
    expect(buildTimeOfVersion('2.3.2026061719')).toBe(Date.UTC(2026, 5, 17, 19));
    expect(buildTimeOfVersion(npmVersion('@ip-location-db/asn'))).toBeGreaterThan(Date.UTC(2025, 0));
    expect(buildTimeOfVersion('2.3.1')).toBeNaN();
  });
});
