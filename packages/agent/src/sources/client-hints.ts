import type { SourceValue } from '@whorl/contract';
import { wideNavigator } from '../browser-types.ts';
import type { Source } from './source.ts';

const NAMES = [
  'platformVersion',
  'architecture',
  'bitness',
  'model',
  'uaFullVersion',
  'fullVersionList',
  'wow64',
  'formFactors',
];

/** Names and full versions as Chromium tells them on request. https://wicg.github.io/ua-client-hints/ */
export const clientHints: Source<SourceValue<'clientHints'>> = {
  once: true,
  collect: async () => {
    const hints = wideNavigator().userAgentData;
    if (hints === undefined) return undefined;
    const detailed = (await hints.getHighEntropyValues?.(NAMES)) ?? {};
    return { ...detailed, brands: hints.brands, mobile: hints.mobile, platform: hints.platform };
  },
};
