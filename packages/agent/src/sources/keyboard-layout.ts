import { murmurX64Hash128 } from '@fingerprintjs/fingerprintjs';
import type { SourceValue } from '@whorl/contract';
import { wideNavigator } from '../browser-types.ts';
import type { Source } from './source.ts';

/** Keys that tell the common layouts apart: `qwerty`, `azerty`, `йцукен`. */
const SAMPLE = ['KeyQ', 'KeyW', 'KeyE', 'KeyR', 'KeyT', 'KeyY'];

/** Which characters the keys give. Chromium on desktops only, top-level pages only. https://wicg.github.io/keyboard-map/ */
export const keyboardLayout: Source<SourceValue<'keyboardLayout'>> = {
  once: true,
  collect: async () => {
    const map = await wideNavigator().keyboard?.getLayoutMap?.();
    if (map === undefined) return undefined;
    const keys = new Map(map);
    const lines = [...keys].map(([code, character]) => `${code}\t${character}`).sort();
    return {
      size: keys.size,
      hash: murmurX64Hash128(lines.join('\n')),
      sample: SAMPLE.map((code) => keys.get(code) ?? '').join(''),
    };
  },
};
