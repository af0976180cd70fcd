import type { Components, SourceName } from '@whorl/contract';

/** What a key rests on above all. */
const TELLING = ['webGlBasics', 'canvas', 'audio', 'fonts'] as const satisfies SourceName[];

/**
 * Whether the telling sources have run to an end, well or badly. One that is still at work gives the same browser
 * another key than at its next visit, and so another visitor.
 */
export const isComplete = (components: Components): boolean =>
  TELLING.every((name) => {
    const component = components[name];
    return component !== undefined && !('error' in component && component.error.name === 'SourceTimeout');
  });
