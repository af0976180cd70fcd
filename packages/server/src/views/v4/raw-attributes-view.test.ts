import { V4RawDeviceAttributes } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { rawAttributesView } from './raw-attributes-view.ts';

const schema = Compile(V4RawDeviceAttributes);

const view = (values: Record<string, unknown>): V4RawDeviceAttributes => {
  const attributes = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, duration: 1 }]));
  const shown = rawAttributesView({ attributes });
  expect(schema.Errors(shown)).toEqual([]);
  return shown;
};

describe('the raw attributes', () => {
  it('have v4’s names and forms', () => {
    const canvas = { winding: true, geometry: 'a', text: 'b' };
    const plugins = [{ name: 'PDF', description: '', mimeTypes: [{ type: 'application/pdf', suffixes: 'pdf' }] }];
    expect(
      view({
        fontPreferences: { default: 149.3, min: null, serif: 2, exotic: 1 },
        fonts: ['Noto', 'Arial'],
        deviceMemory: 0.5,
        timezone: 'Europe/Prague',
        timezoneOffset: { now: -120, january: -60, july: -120 },
        canvas,
        languages: [['de-DE', 'de']],
        webGlExtensions: {
          contextAttributes: 'a',
          parameters: 'b',
          shaderPrecisions: 'c',
          extensions: 'd',
          extensionParameters: 'e',
          unsupportedExtensions: 'f',
        },
        webGlBasics: {
          version: 'a',
          vendor: 'b',
          vendorUnmasked: 'c',
          renderer: 'd',
          rendererUnmasked: 'e',
          shadingLanguageVersion: 'f',
        },
        screenResolution: [1920, 1080],
        touchSupport: { maxTouchPoints: 5, touchEvent: true, touchStart: false },
        osCpu: 'Linux',
        architecture: 255,
        cookiesEnabled: true,
        hardwareConcurrency: 8,
        dateTimeLocale: -1,
        vendor: 'Google Inc.',
        colorDepth: 24,
        platform: 'Linux x86_64',
        sessionStorage: true,
        localStorage: false,
        indexedDB: true,
        audio: 124.04,
        plugins,
        math: { sin: 0.8, acos: 1.4 },
        keyboardLayout: { size: 48, hash: 'k', sample: 'qwertz' },
        userAgent: 'not shown by v4',
      }),
    ).toEqual({
      font_preferences: { default: 149.3, serif: 2 },
      fonts: ['Noto', 'Arial'],
      font_hash: expect.stringMatching(/^[0-9a-f]{32}$/),
      device_memory: 1,
      timezone: 'Europe/Prague',
      timezone_offset: '+02:00',
      canvas,
      languages: [['de-DE', 'de']],
      webgl_extensions: {
        context_attributes: 'a',
        parameters: 'b',
        shader_precisions: 'c',
        extensions: 'd',
        extension_parameters: 'e',
      },
      webgl_basics: {
        version: 'a',
        vendor: 'b',
        vendor_unmasked: 'c',
        renderer: 'd',
        renderer_unmasked: 'e',
        shading_language_version: 'f',
      },
      screen_resolution: [1920, 1080],
      touch_support: { max_touch_points: 5, touch_event: true, touch_start: false },
      oscpu: 'Linux',
      architecture: 255,
      cookies_enabled: true,
      hardware_concurrency: 8,
      date_time_locale: '-1',
      vendor: 'Google Inc.',
      color_depth: 24,
      platform: 'Linux x86_64',
      session_storage: true,
      local_storage: false,
      indexed_db: true,
      audio: 124.04,
      plugins,
      math: expect.stringMatching(/^[0-9a-f]{32}$/),
      keyboard_layout_hash: 'k',
    });
  });

  it('leave out what failed, what the browser has not, and what v4 has no form for', () => {
    const attributes = {
      audio: { error: { name: 'Error', message: 'x' }, duration: 1 },
      osCpu: { absent: true as const, duration: 1 },
    };
    expect(rawAttributesView({ attributes })).toEqual({});
    expect(
      view({
        webGlBasics: -1,
        webGlExtensions: -2,
        screenResolution: [null, 1080],
        hardwareConcurrency: 2.5,
        deviceMemory: -8,
      }),
    ).toEqual({});
  });

  it('hash the same of the same, in whatever order it came', () => {
    expect(view({ fonts: ['a', 'b'] }).font_hash).toBe(view({ fonts: ['b', 'a'] }).font_hash);
    expect(view({ fonts: ['a'] }).font_hash).not.toBe(view({ fonts: ['b'] }).font_hash);
    expect(view({ math: { a: 1, b: 2 } }).math).toBe(view({ math: { b: 2, a: 1 } }).math);
    expect(view({ math: { a: 1 } }).math).not.toBe(view({ math: { a: 1.1 } }).math);
  });

  it.each([
    [0, '+00:00'],
    [-330, '+05:30'],
    [210, '-03:30'],
    [-845, '+14:05'],
  ])('write a clock that is %d minutes behind as %s', (now, text) => {
    expect(view({ timezoneOffset: { now, january: now, july: now } }).timezone_offset).toBe(text);
  });
});
