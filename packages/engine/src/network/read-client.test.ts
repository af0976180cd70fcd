import { describe, expect, it } from 'vitest';
import { componentsOfSections, mobileDevices } from '../testing/mobile-devices.ts';
import { readClient } from './read-client.ts';
import { readBrowser } from './user-agent.ts';

const library = 'okhttp/4.12.0';
const dalvik = 'Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/AP2A.240805.005)';
const pixel = componentsOfSections(mobileDevices['plain Android'].sections);

describe('readClient', () => {
  it('reads a browser from its user agent', () => {
    expect(readClient('js', {}, dalvik)).toEqual(readBrowser({}, dalvik));
  });

  it('takes an app at its word before the library that sends for it', () => {
    expect(readClient('android', pixel, library)).toMatchObject({ os: 'Android', osVersion: '14', device: 'Pixel 8' });
    const iphone = componentsOfSections(mobileDevices['plain iOS'].sections);
    expect(readClient('ios', iphone, 'Bank/4.2.0 CFNetwork/3826.500.131 Darwin/24.5.0')).toMatchObject({
      os: 'iOS',
      osVersion: '18.5',
      device: 'iPhone15,4',
    });
  });

  it('falls back to the user agent where it speaks of the same system', () => {
    expect(readClient('android', {}, dalvik)).toMatchObject({ os: 'Android', osVersion: '14', device: 'Pixel 8' });
    expect(readClient('ios', {}, dalvik)).toMatchObject({ os: 'iOS', osVersion: '', device: 'Other' });
    expect(readClient('android', {}, '')).toMatchObject({ os: 'Android', osVersion: '', device: 'Other' });
  });
});
