import type { Components, SourceName, SourceValue } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { type Attribute, type AttributeName, attributeList, attributeNames, attributes } from './attributes.ts';

const shows = (values: { [N in SourceName]?: SourceValue<N> }): Components =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, duration: 1 }])) as Components;

const read = (name: AttributeName, values: Parameters<typeof shows>[0], browserName = 'Chrome'): string | undefined => {
  const browser = {
    browserName,
    browserFullVersion: '156.0',
    browserMajorVersion: '156',
    os: 'Windows',
    osVersion: '11',
    device: 'Other',
    userAgent: '',
  };
  const attribute: Attribute = attributes[name];
  return attribute.read({ components: shows(values), browser, address: '', network: '' });
};

describe('the registry of attributes', () => {
  it('has parents before their children, and lenders before those who borrow', () => {
    attributeList.forEach(({ parents, like }: Attribute, at) => {
      for (const name of [...parents, ...(like === undefined ? [] : [like])])
        expect(attributeNames.slice(0, at)).toContain(name);
    });
  });

  it('has no lender that borrows itself', () => {
    const lenders = attributeList.flatMap(({ like }: Attribute) => (like === undefined ? [] : [like as AttributeName]));
    expect(lenders.map((name) => (attributes[name] as Attribute).like)).toEqual(lenders.map(() => undefined));
  });
});

describe('languages', () => {
  const listed = (...languages: string[]) => read('languages', { iframe: { languages } });

  it('are compared in their order', () => {
    expect(listed('en-US', 'fr')).toBe('en-US,fr');
    expect(listed('fr', 'en-US')).not.toBe(listed('en-US', 'fr'));
  });

  it('are hidden where they say no more than the first, as in private windows of Chromium', () => {
    expect(listed('en-US', 'en')).toBeUndefined();
    expect(listed('fr')).toBeUndefined();
    expect(listed()).toBeUndefined();
    expect(read('languages', {})).toBeUndefined();
  });
});

describe('privacy choices', () => {
  const privacy = { brave: false, screenEqualsWindow: false, globalPrivacyControl: true };
  const incognito = { isPrivate: true, browserName: 'Firefox' };

  it('are hidden in private windows of Firefox, which asks for privacy there by itself', () => {
    expect(read('privacy', { privacy, incognito }, 'Firefox')).toBeUndefined();
    expect(read('privacy', { privacy }, 'Firefox')).toBe('true|');
    expect(read('privacy', { privacy, incognito }, 'Chrome')).toBe('true|');
  });
});

describe('webGpu, codecs and blockers', () => {
  it('are read as they were collected, without the names that system versions change', () => {
    const limits = { maxBufferSize: 2 ** 29, limits: 'a', features: 'b' };
    expect(read('webGpu', { webGpu: { ...limits, vendor: 'apple' } })).toBe(read('webGpu', { webGpu: limits }));
    expect(read('codecs', { codecs: ['av1', 'vp9'] })).toBe('["av1","vp9"]');
    expect(read('blockers', { domBlockers: [] })).toBe('[]');
    for (const name of ['webGpu', 'codecs', 'blockers'] as const) expect(read(name, {})).toBeUndefined();
  });
});
