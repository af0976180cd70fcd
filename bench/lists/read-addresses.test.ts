import { describe, expect, it } from 'vitest';
import { addressesIn, exitsIn, oneOfEach, proxiesIn } from './read-addresses.ts';

describe('addressesIn', () => {
  it('takes addresses and nothing else, each once', () => {
    expect(
      addressesIn('# exits\n192.0.2.1\n\n192.0.2.1/32 \t# remark\n2001:db8::1\nhost.example\n192.0.2.0/24\n'),
    ).toEqual(['192.0.2.1', '2001:db8::1']);
  });
});

describe('exitsIn and proxiesIn', () => {
  it('take the addresses out of what stands around them', () => {
    expect(exitsIn('fingerprint, ipaddr, port\nAB, 192.0.2.1, 444\nAB, 2001:db8::1, 81\nCD, 192.0.2.1, 1\n')).toEqual([
      '192.0.2.1',
      '2001:db8::1',
    ]);
    expect(proxiesIn('http://192.0.2.1:80\nsocks5://192.0.2.2:1080\nhttp://192.0.2.1:81\n')).toEqual([
      '192.0.2.1',
      '192.0.2.2',
    ]);
  });
});

describe('oneOfEach', () => {
  it('draws an address within each network, the same for the same seed', () => {
    const text = '192.0.2.0/24\n198.51.100.7/32\n2001:db8:1::/48\nnothing\n';
    const [one, two, three, ...more] = oneOfEach(text, 1);
    expect(one).toMatch(/^192\.0\.2\.\d+$/);
    expect(two).toBe('198.51.100.7');
    expect(three).toMatch(/^2001:db8:1:/);
    expect(more).toEqual([]);
    expect(oneOfEach(text, 1)).toEqual([one, two, three]);
    expect(oneOfEach(text, 2)).not.toEqual([one, two, three]);
  });
});
