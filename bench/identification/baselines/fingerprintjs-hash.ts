import { hashComponents } from '@fingerprintjs/fingerprintjs';
import { type Component, type SourceName, sourceNames } from '@whorl/contract';
import type { SeenVisit } from './matcher.ts';

/** The sources of FingerprintJS v5, which our agent runs: they come first in the contract's list. */
const names: readonly SourceName[] = sourceNames.slice(0, sourceNames.indexOf('webGlExtensions') + 1);

/** What the library puts in place of a canvas that comes out differently when drawn again. */
const UNSTABLE = 'unstable';

type Hashed = Parameters<typeof hashComponents>[0];

const asTheirs = (name: SourceName, component: Component<unknown> | undefined) => {
  if (component === undefined || 'absent' in component) return { value: undefined, duration: 0 };
  if ('error' in component) return { error: component.error, duration: 0 };
  if (name === 'canvas' && component.noised === true) {
    return { value: { winding: true, geometry: UNSTABLE, text: UNSTABLE }, duration: 0 };
  }
  return { value: component.value, duration: 0 };
};

/** The visitor id of FingerprintJS v5: its own hash over its own sources. */
export const fingerprintJsHash = ({ components }: SeenVisit): string =>
  hashComponents(
    Object.fromEntries(names.map((name) => [name, asTheirs(name, components[name])])) as unknown as Hashed,
  );
