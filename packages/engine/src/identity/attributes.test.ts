import type { Components, SourceName, SourceValue } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { type Attribute, type AttributeName, attributeList, attributeNames, attributes } from './attributes.ts';

const shows = (values: { [N in SourceName]?: SourceValue<N> }): Components =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, duration: 1 }])) as Components;

const read = (
  name: AttributeName,
  values: Parameters<typeof shows>[0],
  browserName = 'Chrome',
  os = 'Windows',
): string | undefined => {
  const browser = {
    browserName,
    browserFullVersion: '156.0',
    browserMajorVersion: '156',
    os,
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

describe('what Brave makes up', () => {
  const machine = { hardwareConcurrency: 8, deviceMemory: 16, timezone: 'Europe/Berlin' } as const;
  const privacy = { brave: true, screenEqualsWindow: false };

  it('is hidden in Brave, and nowhere else', () => {
    for (const name of ['cores', 'memory'] as const) {
      expect(read(name, { ...machine, privacy }, 'Brave')).toBeUndefined();
      expect(read(name, { ...machine, privacy: { ...privacy, brave: false } })).toBeDefined();
      expect(read(name, machine)).toBeDefined();
    }
    expect(read('timezone', { ...machine, privacy }, 'Brave')).toBe('"Europe/Berlin"');
  });
});

describe('the window', () => {
  const whole = { width: 1512, height: 982, availWidth: 1512, availHeight: 900 };
  const display = (outer: [number, number], inner = outer) => ({
    display: {
      ...whole,
      ...{ outerWidth: outer[0], outerHeight: outer[1], innerWidth: inner[0], innerHeight: inner[1] },
      pixelRatio: 2,
    },
  });

  it('is told by its size where it does not fill the screen', () => {
    expect(read('window', display([1200, 800]))).toBe('1200x800');
    expect(read('window', display([1512, 900]))).toBe('whole');
    // Maximised windows of Windows reach a few pixels beyond the screen.
    expect(read('window', display([1528, 916]))).toBe('whole');
  });

  it('has no size of its own on phones, in browsers without windows, and where it was not collected', () => {
    expect(read('window', display([390, 700]), 'Safari', 'iOS')).toBeUndefined();
    expect(read('window', display([0, 0]))).toBeUndefined();
    expect(read('window', {})).toBeUndefined();
  });

  it('tells in Safari how much the page is enlarged', () => {
    expect(read('zoom', display([1200, 800], [1200, 710]), 'Safari', 'Mac OS X')).toBe('100');
    expect(read('zoom', display([1200, 800], [1043, 617]), 'Safari', 'Mac OS X')).toBe('115');
  });

  it('tells no size that is not offered, and nothing where the pixel ratio does', () => {
    expect(read('zoom', display([1200, 800], [1120, 710]), 'Safari', 'Mac OS X')).toBeUndefined();
    expect(read('zoom', display([1200, 800], [0, 0]), 'Safari', 'Mac OS X')).toBeUndefined();
    expect(read('zoom', display([1200, 800], [1043, 617]))).toBeUndefined();
  });
});
