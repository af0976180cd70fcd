import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

const known = ['WHORL_PORT', 'WHORL_HOST', 'WHORL_SECRET_KEY'];

describe('nearestName', () => {
  it.each([
    ['WHORL_PROT', 'WHORL_PORT'],
    ['WHORL_PORTS', 'WHORL_PORT'],
    ['WHORL_HOS', 'WHORL_HOST'],
    ['WHORL_SECRETKEY', 'WHORL_SECRET_KEY'],
    ['WHORL_HOST', 'WHORL_HOST'],
  ])('takes %s for %s', (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });

  it('makes no guess where nothing is near', () => {
    expect(nearestName('WHORL_SOMETHING_ELSE_ALTOGETHER', known)).toBeUndefined();
    expect(nearestName('WHORL_PORT', [])).toBeUndefined();
  });
});
