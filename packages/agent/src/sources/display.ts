import type { SourceValue } from '@whorl/contract';
import type { WideScreen } from '../browser-types.ts';
import type { Source } from './source.ts';

/** The window and the screen as they are now, in CSS pixels. */
export const display: Source<SourceValue<'display'>> = {
  collect: () => {
    const { width, height, availWidth, availHeight, orientation, isExtended }: WideScreen = screen;
    return {
      width,
      height,
      availWidth,
      availHeight,
      outerWidth,
      outerHeight,
      innerWidth,
      innerHeight,
      pixelRatio: devicePixelRatio,
      ...(orientation === undefined ? {} : { orientation: orientation.type }),
      ...(isExtended === undefined ? {} : { extended: isExtended }),
    };
  },
};
