import { describe, expect, it } from 'vitest';
import { majorVersion, parseBrands, realBrands } from './brands.ts';

describe('parseBrands', () => {
  it('reads a header as Chromium writes it', () => {
    expect(parseBrands('"Not:A-Brand";v="8", "Chromium";v="156"')).toEqual([
      { brand: 'Not:A-Brand', version: '8' },
      { brand: 'Chromium', version: '156' },
    ]);
  });

  it('passes over what is no brand, and reads escapes', () => {
    expect(parseBrands('nonsense, "a\\"b"; v="1"')).toEqual([{ brand: 'a"b', version: '1' }]);
    expect(parseBrands('')).toEqual([]);
  });
});

describe('realBrands', () => {
  it.each(['Not:A-Brand', ' Not A;Brand', '(Not(A:Brand', 'Not_A Brand', 'Not/A)Brand'])('drops %s', (brand) => {
    expect(realBrands([{ brand }, { brand: 'Chromium' }])).toEqual([{ brand: 'Chromium' }]);
  });
});

describe('majorVersion', () => {
  it('is the first number or null', () => {
    expect([majorVersion('156.0.1'), majorVersion('8'), majorVersion(''), majorVersion('x')]).toEqual([
      156,
      8,
      null,
      null,
    ]);
  });
});
