import { describe, expect, it } from 'vitest';
import { appleVersion } from './apple-version.ts';

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

describe('appleVersion', () => {
  it.each([
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/16.4 Safari/605.1.15`, 1604],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} Version/26.0 Mobile/15E148 Safari/604.1`, 2600],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 15_8_2 like Mac OS X) ${webkit} CriOS/130.0 Mobile/15E148 Safari/604.1`, 1508],
    [`Mozilla/5.0 (iPad; CPU OS 9_3 like Mac OS X) ${webkit} Mobile/15E148`, 903],
    [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Version/60.5 Safari/605.1.15`, null],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:153.0) Gecko/20100101 Firefox/153.0', null],
    ['', null],
  ])('of %s is %s', (userAgent, version) => {
    expect(appleVersion(userAgent)).toBe(version);
  });
});
