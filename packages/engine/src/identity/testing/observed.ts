import type { Components } from '@whorl/contract';
import type { Observed } from '../attributes.ts';

/** A Chrome on Windows, with some sources changed. */
export const observed = (changes: Components = {}): Observed => ({
  components: {
    fonts: { value: ['Arial', 'Calibri', 'Consolas', 'Segoe UI'], duration: 1 },
    audio: { value: 124.04347527516074, duration: 1 },
    canvas: { value: { winding: true, geometry: '0f', text: '1e' }, duration: 1 },
    languages: { value: [['de-DE']], duration: 1 },
    colorDepth: { value: 24, duration: 1 },
    deviceMemory: { value: 8, duration: 1 },
    screenResolution: { value: [1920, 1080], duration: 1 },
    hardwareConcurrency: { value: 8, duration: 1 },
    timezone: { value: 'Europe/Berlin', duration: 1 },
    platform: { value: 'Win32', duration: 1 },
    webGlBasics: {
      value: {
        version: 'WebGL 1.0',
        vendor: 'WebKit',
        vendorUnmasked: 'Google Inc. (Intel)',
        renderer: 'WebKit WebGL',
        rendererUnmasked: 'ANGLE (Intel, Intel(R) UHD Graphics 620 Direct3D11 vs_5_0 ps_5_0, D3D11)',
        shadingLanguageVersion: 'WebGL GLSL ES 1.0',
      },
      duration: 1,
    },
    ...changes,
  },
  browser: {
    browserName: 'Chrome',
    browserMajorVersion: '156',
    browserFullVersion: '156.0.1.2',
    os: 'Windows',
    osVersion: '11',
    device: 'Other',
    userAgent: 'Mozilla/5.0',
  },
  address: '81.2.69.142',
  network: '20712',
});
