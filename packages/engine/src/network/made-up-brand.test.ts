import { describe, expect, it } from 'vitest';
import { madeUpBrand } from './made-up-brand.ts';

describe('madeUpBrand', () => {
  // As browsers of these versions sent them.
  it.each([
    [110, 'Not A(Brand', '24'],
    [116, 'Not)A;Brand', '24'],
    [120, 'Not_A Brand', '8'],
    [124, 'Not-A.Brand', '99'],
    [131, 'Not_A Brand', '24'],
    [156, 'Not:A-Brand', '8'],
  ])('of %i is %s', (major, brand, version) => {
    expect(madeUpBrand(major)).toEqual({ brand, version });
  });

  it('is not known of versions with another rule', () => {
    expect(madeUpBrand(109)).toBeUndefined();
  });
});
