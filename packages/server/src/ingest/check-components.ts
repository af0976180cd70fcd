import {
  type Components,
  mobileSectionNames,
  mobileSections,
  type Sdk,
  sourceNames,
  sourceSchemas,
  type WireComponent,
} from '@whorl/contract';
import { Compile } from 'typebox/compile';

type Platform = Sdk['platform'];

type Check = (value: unknown) => boolean;

const checks = new Map<string, Check>(
  sourceNames.map((name) => {
    const compiled = Compile(sourceSchemas[name]);
    return [name, (value) => compiled.Check(value)];
  }),
);

/** Sections by the platform that can send them: what a browser cannot know is not taken from one. */
const sectionChecks = (platform: Platform): [string, Check][] =>
  mobileSectionNames
    .filter((name) => mobileSections[name].platforms.some((each) => each === platform))
    .map((name) => {
      const compiled = Compile(mobileSections[name].schema);
      return [name, (value) => compiled.Check(value)];
    });

const checksOf: Record<Platform, ReadonlyMap<string, Check>> = {
  js: checks,
  android: new Map([...checks, ...sectionChecks('android')]),
  ios: new Map([...checks, ...sectionChecks('ios')]),
};

type LooseComponent = NonNullable<Components[keyof Components]>;

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
 * Checks the value of each source, and of each section that clients of the platform can send, against its own schema.
 * What fails becomes an error of that source; names that this version or the platform does not know are left out. Order
 * is that of the registries, so that equal visits store equally.
 */
export const checkComponents = (sources: Record<string, WireComponent>, platform: Platform): Components => {
  const components: Record<string, LooseComponent> = {};
  for (const [name, check] of checksOf[platform]) {
    const component = Object.hasOwn(sources, name) ? sources[name] : undefined;
    if (component !== undefined) components[name] = toComponent(component, check);
  }
  return components as Components;
};
