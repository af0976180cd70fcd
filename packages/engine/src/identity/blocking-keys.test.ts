import { describe, expect, it } from 'vitest';
import { earlierAddressKeys, keysOf } from './blocking-keys.ts';
import { portray } from './portrait.ts';
import { firstProfile, nextProfile } from './profile.ts';
import { observed } from './testing/observed.ts';

const DAY = 86_400_000;
const at = (address: string, day: number) => portray({ ...observed(), address }, day * DAY);
const addressKey = (address: string) => keysOf(at(address, 0)).find(({ name }) => name === 'address')?.key;

describe('earlierAddressKeys', () => {
  const travelled = (...addresses: string[]) => {
    const [first = '', ...later] = addresses;
    return later.reduce(
      (profile, address, day) => nextProfile(profile, at(address, day + 1)),
      firstProfile(at(first, 0)),
    );
  };

  it('are the very keys that a visit at such an address is looked up by, the latest first', () => {
    const profile = travelled('198.51.100.1', '198.51.100.2', '203.0.113.9');
    expect(earlierAddressKeys(profile)).toEqual([addressKey('198.51.100.2'), addressKey('198.51.100.1')]);
    expect(earlierAddressKeys(firstProfile(at('198.51.100.1', 0)))).toEqual([]);
  });

  it('are three at most', () => {
    const profile = travelled(...Array.from({ length: 9 }, (_, host) => `198.51.100.${host + 1}`));
    expect(earlierAddressKeys(profile)).toEqual([8, 7, 6].map((host) => addressKey(`198.51.100.${host}`)));
  });
});
