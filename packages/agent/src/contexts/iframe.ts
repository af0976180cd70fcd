import type { ContextFacts } from '@whorl/contract';
import type { Source } from '../sources/source.ts';
import { readContext } from './context-facts.ts';

/** The part of a frame's window that is asked; TypeScript does not give a window its own globals. */
type FrameWindow = Window & { Intl?: typeof Intl };

/**
 * What a fresh, empty frame says: scripts that patch the page often forget it. Built by properties, never by markup, and
 * without an address, so that no Content-Security-Policy is broken. Its graphics are not asked: another WebGL context on
 * the page's own thread costs 5 to 15 ms, and the worker's answer is at hand.
 */
export const iframe: Source<ContextFacts> = {
  once: true,
  collect: () => {
    const frame = document.createElement('iframe');
    frame.style.display = 'none';
    (document.body ?? document.documentElement).appendChild(frame);
    try {
      const inner: FrameWindow | null = frame.contentWindow;
      if (inner === null) return undefined;
      return readContext({
        navigator: inner.navigator,
        timezone: () => inner.Intl?.DateTimeFormat().resolvedOptions().timeZone,
        webGl: () => undefined,
      });
    } finally {
      frame.remove();
    }
  },
};
