import { describe, expect, it } from 'vitest';
import { joinFilters } from './join-filters.ts';

describe('joinFilters', () => {
  it('picks everything where nothing is asked', () => expect(joinFilters([])).toEqual({}));

  it('keeps what is asked of different fields', () => {
    expect(joinFilters([{ url: 'a' }, { flags: { vpn: 'detected' } }, { flags: { tor: 'clear' } }])).toEqual({
      url: 'a',
      flags: { vpn: 'detected', tor: 'clear' },
    });
  });

  it('keeps of lists what all of them name', () => {
    expect(joinFilters([{ sdkPlatforms: ['js', 'ios'] }, { sdkPlatforms: ['ios'] }])).toEqual({
      sdkPlatforms: ['ios'],
    });
    expect(joinFilters([{ botInfo: { name: ['a', 'b'] } }, { botInfo: { name: ['b'] } }])).toEqual({
      botInfo: { name: ['b'] },
    });
  });

  it.each([
    [[{ sdkPlatforms: ['js'] }, { sdkPlatforms: ['ios'] }]],
    [[{ bot: ['good'] }, { bot: ['bad'] }]],
    [[{ flags: { vpn: 'detected' } }, { flags: { vpn: 'clear' } }]],
    [[{ hasBotInfo: true }, { url: 'a' }, { hasBotInfo: false }]],
    [[{ botInfo: { name: ['a'] } }, { botInfo: { name: ['b'] } }, {}]],
  ] as const)('picks nothing by %j', (filters) => {
    expect(joinFilters(structuredClone(filters) as unknown as Parameters<typeof joinFilters>[0])).toBeUndefined();
  });
});
