import type { Components, SourceName, SourceValue } from '@whorl/contract';

/** What a source sent; undefined where it failed or the browser has no such thing. */
export const shownValue = <N extends SourceName>(components: Components, name: N): SourceValue<N> | undefined => {
  const component = components[name];
  return component !== undefined && 'value' in component ? (component.value as SourceValue<N>) : undefined;
};
