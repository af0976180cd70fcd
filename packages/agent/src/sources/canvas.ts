import { getUnstableCanvasFingerprint, murmurX64Hash128 } from '@fingerprintjs/fingerprintjs';
import type { SourceValue } from '@whorl/contract';
import { pngChecksums } from './png-checksums.ts';
import { Noised, type Source } from './source.ts';

const SIDE = 16;

/**
 * Whether plain rectangles come back as they were drawn. Browsers and extensions that randomise by a seed draw the same
 * twice, and betray themselves only where the truth is known beforehand.
 */
const readsBackWhatWasDrawn = (): boolean => {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return true;
  context.fillStyle = '#f00';
  context.fillRect(0, 0, SIDE / 2, SIDE);
  context.fillStyle = '#00f';
  context.fillRect(SIDE / 2, 0, SIDE / 2, SIDE);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return data.every((level, index) => {
    const isLeft = (index >> 2) % SIDE < SIDE / 2;
    const expected = isLeft ? [255, 0, 0, 255] : [0, 0, 255, 255];
    return level === expected[index & 3];
  });
};

/**
 * A picture of text and one of shapes, each as a hash of its pixels' checksums. Drawn twice: what differs, or is not read back as drawn, is
 * noise that the browser adds.
 */
export const canvas: Source<SourceValue<'canvas'>> = {
  once: true,
  collect: () => {
    const first = getUnstableCanvasFingerprint();
    const second = getUnstableCanvasFingerprint();
    const value = {
      winding: first.winding,
      geometry: murmurX64Hash128(pngChecksums(first.geometry)),
      text: murmurX64Hash128(pngChecksums(first.text)),
    };
    // `unstable` is upstream's own word for a text picture that came out differently when it was read twice.
    const isSame = first.geometry === second.geometry && first.text === second.text && first.text !== 'unstable';
    return isSame && readsBackWhatWasDrawn() ? value : new Noised(value);
  },
};
