import type { SourceValue } from '@whorl/contract';
import type { Source } from './source.ts';

/**
 * Video and sound that some devices play and others of the same system do not: browsers leave them to a decoder in the
 * chip, or to one that the system's maker has paid for. H.264 is left out, which nearly all play.
 */
const TYPES: { readonly [name: string]: string } = {
  ac3: 'audio/mp4; codecs="ac-3"',
  ac4: 'audio/mp4; codecs="ac-4"',
  av1: 'video/mp4; codecs="av01.0.08M.08"',
  av1Bits10: 'video/mp4; codecs="av01.0.13M.10"',
  dolbyVision: 'video/mp4; codecs="dvh1.05.06"',
  eac3: 'audio/mp4; codecs="ec-3"',
  hevc: 'video/mp4; codecs="hvc1.1.6.L123.B0"',
  hevcBits10: 'video/mp4; codecs="hvc1.2.4.L153.B0"',
  vp9: 'video/webm; codecs="vp09.00.41.08"',
  vp9Bits10: 'video/mp4; codecs="vp09.02.41.10"',
  vvc: 'video/mp4; codecs="vvc1.1.L67"',
  xheAac: 'audio/mp4; codecs="mp4a.40.42"',
};

/**
 * What this device says that it plays; nothing is loaded or played. AV1 tells iPhones from the 15 Pro on from earlier ones
 * with the same screen (https://caniuse.com/av1), HEVC tells graphics chips apart in Chromium (https://caniuse.com/hevc).
 * `mediaCapabilities` would tell more, but in Chromium it goes by what was played before, and private windows forget that.
 */
export const codecs: Source<SourceValue<'codecs'>> = {
  once: true,
  collect: () => {
    const video = document.createElement('video');
    if (typeof video.canPlayType !== 'function') return undefined;
    return Object.keys(TYPES).filter((name) => video.canPlayType(TYPES[name] ?? '') !== '');
  },
};
