import { Sdk } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { parseIntegration, sdkInfo } from './sdk-info.ts';

describe('integration info', () => {
  it('names a wrapper and what it wraps for', () => {
    expect(parseIntegration('react-sdk/2.1.0/react/18.0.0')).toEqual({
      name: 'react-sdk',
      version: '2.1.0',
      subintegration: { name: 'react', version: '18.0.0' },
    });
  });

  it.each([
    ['vue', { name: 'vue' }],
    ['vue/3', { name: 'vue', version: '3' }],
    ['vue/3/nuxt', { name: 'vue', version: '3', subintegration: { name: 'nuxt' } }],
    ['', {}],
  ])('%j is %j', (info, parsed) => expect(parseIntegration(info)).toEqual(parsed));
});

describe('the SDK on the wire', () => {
  it('is the page’s platform with the agent’s version', () => {
    expect(sdkInfo()).toEqual({ platform: 'js', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  it('fits the contract whatever a wrapper says', () => {
    const hostile = Array.from({ length: 100 }, () => `${'x'.repeat(500)}/${'y'.repeat(500)}/z/z/z/z`);
    expect(Compile(Sdk).Check(sdkInfo(hostile))).toBe(true);
  });
});
