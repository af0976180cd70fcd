import { murmurX64Hash128, sources as upstream } from '@fingerprintjs/fingerprintjs';
import type { SourceValue } from '@whorl/contract';
import type { Source } from './source.ts';

const hashed = (list: readonly string[] | null): string => murmurX64Hash128((list ?? []).join('\n'));

/** Extensions and limits of WebGL, each list as a hash: the lists are 5 kB that nobody reads. */
export const webGlExtensions: Source<SourceValue<'webGlExtensions'>> = {
  once: true,
  collect: ({ webGl }) => {
    const lists = upstream.webGlExtensions({ cache: webGl });
    if (typeof lists === 'number') return lists;
    return {
      contextAttributes: hashed(lists.contextAttributes),
      parameters: hashed(lists.parameters),
      shaderPrecisions: hashed(lists.shaderPrecisions),
      extensions: hashed(lists.extensions),
      extensionParameters: hashed(lists.extensionParameters),
      unsupportedExtensions: hashed(lists.unsupportedExtensions),
    };
  },
};
