import { sources as upstream } from '@fingerprintjs/fingerprintjs';
import type { SourceValue } from '@whorl/contract';
import { readFrame } from '../contexts/iframe.ts';
import type { Source } from './source.ts';

/** The empty frame that upstream has just added; none while the page has no body yet and upstream waits for it. */
const addedFrame = (): HTMLIFrameElement | undefined => {
  const last = document.body?.lastElementChild;
  return last instanceof HTMLIFrameElement && last.getAttribute('src') === 'about:blank' ? last : undefined;
};

/** Which fonts are installed, by the widths of text in a hidden frame. The frame is read too, for `iframe`. */
export const fonts: Source<SourceValue<'fonts'>> = {
  once: true,
  collect: ({ frame }) => {
    const list = upstream.fonts();
    const added = addedFrame();
    if (added !== undefined) frame.facts = readFrame(added);
    return list;
  },
};
