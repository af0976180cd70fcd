import { type Components, type SourceName, sourceNames, sourceSchemas, type WireComponent } from '@whorl/contract';
import { Compile } from 'typebox/compile';

type Check = (value: unknown) => boolean;

const checks = new Map<string, Check>(
  sourceNames.map((name) => {
    const compiled = Compile(sourceSchemas[name]);
    return [name, (value) => compiled.Check(value)];
  }),
);

type LooseComponent = NonNullable<Components[SourceName]>;

const toComponent = (component: WireComponent, check: Check): LooseComponent => {
  const duration = component.d;
  if (component.e !== undefined) {
    return { error: { name: component.e[0], message: component.e[1] }, duration };
  }
  if (component.v === undefined) return { absent: true, duration };
  if (!check(component.v)) {
    return { error: { name: 'InvalidValue', message: 'the value does not have the form of this source' }, duration };
  }
  // The check above is the proof for the cast: the value has the form of its source's schema.
  const value = component.v as never;
  return component.n === true ? { value, duration, noised: true } : { value, duration };
};

/**
 * Checks each source's value against its own schema. What fails becomes an error of that source; names that this
 * version does not know are left out. Order is that of the registry, so that equal visits store equally.
 */
export const checkComponents = (sources: Record<string, WireComponent>): Components => {
  const components: Record<string, LooseComponent> = {};
  for (const [name, check] of checks) {
    const component = Object.hasOwn(sources, name) ? sources[name] : undefined;
    if (component !== undefined) components[name] = toComponent(component, check);
  }
  return components as Components;
};
