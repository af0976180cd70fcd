import type { Components, SourceValue } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { componentsOf, type Values } from '../testing/facts-builder.ts';
import { readBrowser } from './user-agent.ts';

const chrome = (system: string, rest = 'Chrome/137.0.0.0 Safari/537.36') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${rest}`;
const safari = (system: string, rest: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`;

const WINDOWS = 'Windows NT 10.0; Win64; x64';
const MAC = 'Macintosh; Intel Mac OS X 10_15_7';
const IPHONE = 'iPhone; CPU iPhone OS 18_5 like Mac OS X';

const hinted = (hints: Partial<SourceValue<'clientHints'>>, values: Values = {}): Components =>
  componentsOf({ ...values, clientHints: { brands: [], mobile: false, platform: '', ...hints } });

const brands = (...list: [string, string][]) => list.map(([brand, version]) => ({ brand, version }));

describe('readBrowser', () => {
  it.each([
    [chrome('X11; Linux x86_64'), 'Chrome', '137.0.0.0', 'Linux', '', 'Other'],
    [
      chrome('X11; Linux x86_64', 'HeadlessChrome/137.0.0.0 Safari/537.36'),
      'HeadlessChrome',
      '137.0.0.0',
      'Linux',
      '',
      'Other',
    ],
    [chrome(WINDOWS, 'Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0'), 'Edge', '137.0.0.0', 'Windows', '10', 'Other'],
    [chrome(WINDOWS, 'Chrome/137.0.0.0 Safari/537.36 OPR/120.0.0.0'), 'Opera', '120.0.0.0', 'Windows', '10', 'Other'],
    [chrome('X11; CrOS x86_64 14541.0.0'), 'Chrome', '137.0.0.0', 'Chrome OS', '', 'Other'],
    [
      chrome('Linux; Android 10; K', 'Chrome/137.0.0.0 Mobile Safari/537.36'),
      'Chrome Mobile',
      '137.0.0.0',
      'Android',
      '10',
      'Other',
    ],
    [
      chrome('Linux; Android 14; SM-S918B', 'SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36'),
      'Samsung Internet',
      '27.0',
      'Android',
      '14',
      'SM-S918B',
    ],
    [
      chrome(
        'Linux; Android 13; Pixel 7 Build/TQ3A.230901.001; wv',
        'Version/4.0 Chrome/137.0.7151.61 Mobile Safari/537.36',
      ),
      'Chrome Mobile WebView',
      '137.0.7151.61',
      'Android',
      '13',
      'Pixel 7',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Firefox',
      '140.0',
      'Windows',
      '10',
      'Other',
    ],
    [
      'Mozilla/5.0 (Android 14; Mobile; rv:139.0) Gecko/139.0 Firefox/139.0',
      'Firefox Mobile',
      '139.0',
      'Android',
      '14',
      'Other',
    ],
    [safari(MAC, 'Version/18.5 Safari/605.1.15'), 'Safari', '18.5', 'Mac OS X', '10.15.7', 'Other'],
    [safari(IPHONE, 'Version/18.5 Mobile/15E148 Safari/604.1'), 'Mobile Safari', '18.5', 'iOS', '18.5', 'iPhone'],
    [
      safari(IPHONE, 'CriOS/137.0.7151.51 Mobile/15E148 Safari/604.1'),
      'Chrome Mobile iOS',
      '137.0.7151.51',
      'iOS',
      '18.5',
      'iPhone',
    ],
    [
      safari('iPad; CPU OS 17_5 like Mac OS X', 'FxiOS/126.0 Mobile/15E148 Safari/605.1.15'),
      'Firefox iOS',
      '126.0',
      'iOS',
      '17.5',
      'iPad',
    ],
  ])('reads %s', (userAgent, browserName, browserFullVersion, os, osVersion, device) => {
    expect(readBrowser({}, userAgent)).toEqual({
      browserName,
      browserMajorVersion: browserFullVersion.split('.')[0],
      browserFullVersion,
      os,
      osVersion,
      device,
      userAgent,
    });
  });

  it('takes the full version from the hints, past the made-up brand', () => {
    const fullVersionList = brands(['Not:A-Brand', '8.0.0.0'], ['Chromium', '156.0.8078.79']);
    const read = readBrowser(
      hinted({ platform: 'Linux', platformVersion: '', fullVersionList }),
      chrome('X11; Linux x86_64', 'Chrome/156.0.0.0 Safari/537.36'),
    );
    expect(read).toMatchObject({ browserName: 'Chrome', browserFullVersion: '156.0.8078.79', osVersion: '' });
  });

  it('keeps the version as sent where the hints contradict it', () => {
    const fullVersionList = brands(['Chromium', '99.0.1.2']);
    expect(readBrowser(hinted({ fullVersionList }), chrome(MAC)).browserFullVersion).toBe('137.0.0.0');
  });

  it('names a Chromium by its own brand', () => {
    const fullVersionList = brands([' Not A;Brand', '99.0.0.0'], ['Brave', '137.0.0.0'], ['Chromium', '137.0.0.0']);
    expect(readBrowser(hinted({ fullVersionList }), chrome(MAC)).browserName).toBe('Brave');
  });

  it.each([
    ['15.0.0', '11'],
    ['13.0.0', '11'],
    ['10.0.0', '10'],
    ['0.3.0', '8.1'],
    ['0.1.0', '7'],
  ])('reads platform version %s of Windows as %s', (platformVersion, osVersion) => {
    expect(readBrowser(hinted({ platform: 'Windows', platformVersion }), chrome(WINDOWS)).osVersion).toBe(osVersion);
  });

  it('takes the model and the version of a phone from the hints', () => {
    const components = hinted({ platform: 'Android', platformVersion: '14.0.0', model: 'Pixel 7', mobile: true });
    const read = readBrowser(components, chrome('Linux; Android 10; K', 'Chrome/137.0.0.0 Mobile Safari/537.36'));
    expect(read).toMatchObject({ device: 'Pixel 7', os: 'Android', osVersion: '14' });
  });

  it('does not take the hints of another system', () => {
    const components = hinted({ platform: 'Linux', platformVersion: '6.1.0' });
    expect(readBrowser(components, chrome(WINDOWS))).toMatchObject({ os: 'Windows', osVersion: '10' });
  });

  it('recognises an iPad that asks for desktop pages', () => {
    const read = readBrowser(componentsOf({ platform: 'iPad' }), safari(MAC, 'Version/18.5 Safari/605.1.15'));
    expect(read).toMatchObject({ browserName: 'Mobile Safari', os: 'iOS', osVersion: '', device: 'iPad' });
  });

  it('reads the page’s string where no header came, and empty strings from nothing', () => {
    expect(readBrowser(componentsOf({ userAgent: chrome(MAC) }), '').browserName).toBe('Chrome');
    expect(readBrowser({}, '')).toMatchObject({ browserName: '', browserMajorVersion: '', os: '', device: 'Other' });
    expect(readBrowser({}, '   ').browserName).toBe('');
  });

  it('keeps a long header whole and reads its beginning in little time', () => {
    const long = chrome(MAC) + '(;/'.repeat(5000);
    const start = performance.now();
    expect(readBrowser({}, long).userAgent).toBe(long);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
