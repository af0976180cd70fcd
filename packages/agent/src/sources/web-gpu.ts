import { isWebKit, murmurX64Hash128 } from '@fingerprintjs/fingerprintjs';
import type { SourceValue } from '@whorl/contract';
import { wideNavigator } from '../browser-types.ts';
import type { Source } from './source.ts';

/** Names and values in a fixed order. The limits are getters of the prototype, so no other loop finds them. */
const limitLines = (limits: object): string[] => {
  const lines: string[] = [];
  for (const name in limits) lines.push(`${name}\t${Reflect.get(limits, name)}`);
  return lines.sort();
};

/**
 * What the graphics can do by WebGPU, in WebKit alone: its WebGL calls every chip `Apple GPU`, while its limits follow the
 * chip and the memory, and so tell iPhones of one screen size apart. Others name the card by WebGL; Firefox rounds these
 * limits, and Chromium warns on the page's console where there is no adapter.
 * https://github.com/WebKit/WebKit/blob/main/Source/WebGPU/WebGPU/HardwareCapabilities.mm
 * https://docs.rs/wgpu-core/latest/wgpu_core/limits/
 */
export const webGpu: Source<SourceValue<'webGpu'>> = {
  once: true,
  collect: async () => {
    const { gpu } = wideNavigator();
    if (gpu === undefined || !isWebKit()) return undefined;
    const adapter = await gpu.requestAdapter();
    if (adapter === null) return undefined;
    const { vendor, architecture } = adapter.info ?? {};
    return {
      ...(vendor ? { vendor } : {}),
      ...(architecture ? { architecture } : {}),
      maxBufferSize: adapter.limits.maxBufferSize,
      limits: murmurX64Hash128(limitLines(adapter.limits).join('\n')),
      features: murmurX64Hash128([...adapter.features].sort().join('\n')),
    };
  },
};
