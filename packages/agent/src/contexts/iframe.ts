import type { ContextFacts } from '@whorl/contract';
import type { Source } from '../sources/source.ts';
import { readContext } from './context-facts.ts';

/** The part of a frame's window that is asked; TypeScript does not give a window its own globals. */
type FrameWindow = Window & { Intl?: typeof Intl };

/**
 * Reads a frame that is in the page. Its graphics are not asked: another WebGL context on the page's own thread costs 5
 * to 15 ms, and the worker's answer is at hand.
 */
export const readFrame = (frame: HTMLIFrameElement): ContextFacts | undefined => {
  const inner: FrameWindow | null = frame.contentWindow;
  if (inner === null) return undefined;
  return readContext({
    navigator: inner.navigator,
    timezone: () => inner.Intl?.DateTimeFormat().resolvedOptions().timeZone,
    webGl: () => undefined,
  });
};

/** Built by properties, never by markup, and without an address, so that no Content-Security-Policy is broken. */
const readOwnFrame = (): ContextFacts | undefined => {
  const frame = document.createElement('iframe');
  frame.style.display = 'none';
  (document.body ?? document.documentElement).appendChild(frame);
  try {
    return readFrame(frame);
  } finally {
    frame.remove();
  }
};

/**
 * What a fresh, empty frame says: scripts that patch the page often forget it. The frame that fonts are measured in
 * serves for both where it could be read, because each frame costs the page some 10 ms.
 */
export const iframe: Source<ContextFacts> = {
  once: true,
  collect: ({ frame }) => frame.facts ?? readOwnFrame(),
};
