import { createHash } from 'node:crypto';
import { type Event, type SourceName, type SourceValue, sourceSchemas, V4RawDeviceAttributes } from '@whorl/contract';
import { Compile, type Validator } from 'typebox/compile';
import { known } from './known.ts';

type Name = keyof V4RawDeviceAttributes;

/** Each attribute's own form, by its name. */
const forms = new Map<string, Validator>(
  Object.entries(V4RawDeviceAttributes.properties).map(([name, schema]) => [name, Compile(schema)]),
);

/** The form that our agent collects each source in. Imported events hold what others have collected. */
const collected = new Map<SourceName, Validator>();
const isCollected = (name: SourceName, value: unknown): boolean => {
  const form = collected.get(name) ?? Compile(sourceSchemas[name]);
  collected.set(name, form);
  return form.Check(value);
};

/** As long as the hashes that the agent makes of other attributes. */
const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

const bySortedName = (values: Record<string, unknown>): [string, unknown][] =>
  Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));

/** `+02:00` of the minutes that UTC is ahead of local time. */
const offsetText = (behind: number): string => {
  const minutes = Math.abs(Math.round(behind));
  const two = (part: number) => String(part).padStart(2, '0');
  return `${behind > 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

const FONT_PREFERENCES = ['default', 'serif', 'sans', 'mono', 'apple', 'min', 'system'] as const;

const fontPreferences = (widths: SourceValue<'fontPreferences'>) =>
  Object.fromEntries(
    FONT_PREFERENCES.flatMap((name) => (typeof widths[name] === 'number' ? [[name, widths[name]]] : [])),
  );

const webGlBasics = (basics: SourceValue<'webGlBasics'>): V4RawDeviceAttributes['webgl_basics'] =>
  typeof basics === 'number'
    ? undefined
    : {
        version: basics.version,
        vendor: basics.vendor,
        vendor_unmasked: basics.vendorUnmasked,
        renderer: basics.renderer,
        renderer_unmasked: basics.rendererUnmasked,
        shading_language_version: basics.shadingLanguageVersion,
      };

/** v4 lists the extensions that are missing; the agent keeps only their hash, so that list is left out. */
const webGlExtensions = (able: SourceValue<'webGlExtensions'>): V4RawDeviceAttributes['webgl_extensions'] =>
  typeof able === 'number'
    ? undefined
    : {
        context_attributes: able.contextAttributes,
        parameters: able.parameters,
        shader_precisions: able.shaderPrecisions,
        extensions: able.extensions,
        extension_parameters: able.extensionParameters,
      };

const touchSupport = ({ maxTouchPoints, touchEvent, touchStart }: SourceValue<'touchSupport'>) => ({
  touch_event: touchEvent,
  touch_start: touchStart,
  max_touch_points: maxTouchPoints,
});

/**
 * The raw attributes in v4's names and forms. What failed, or was not collected, is left out; so is a value that v4 has
 * no form for, such as half a processor thread, for a page can say anything.
 */
export const rawAttributesView = ({ attributes }: Pick<Event, 'attributes'>): V4RawDeviceAttributes => {
  const read = <N extends SourceName, V = SourceValue<N>>(
    name: N,
    write: (value: SourceValue<N>) => V | undefined = (value) => value as unknown as V,
  ): V | undefined => {
    const attribute = attributes[name];
    if (attribute === undefined || !('value' in attribute) || !isCollected(name, attribute.value)) return undefined;
    return write(attribute.value as SourceValue<N>);
  };
  const written: { [N in Name]: unknown } = {
    font_preferences: read('fontPreferences', fontPreferences),
    fonts: read('fonts'),
    font_hash: read('fonts', (fonts) => hash([...fonts].sort())),
    device_memory: read('deviceMemory', Math.round),
    timezone: read('timezone'),
    timezone_offset: read('timezoneOffset', ({ now }) => offsetText(now)),
    canvas: read('canvas'),
    languages: read('languages'),
    webgl_extensions: read('webGlExtensions', webGlExtensions),
    webgl_basics: read('webGlBasics', webGlBasics),
    screen_resolution: read('screenResolution'),
    touch_support: read('touchSupport', touchSupport),
    oscpu: read('osCpu'),
    architecture: read('architecture'),
    cookies_enabled: read('cookiesEnabled'),
    hardware_concurrency: read('hardwareConcurrency'),
    date_time_locale: read('dateTimeLocale', String),
    vendor: read('vendor'),
    color_depth: read('colorDepth'),
    platform: read('platform'),
    session_storage: read('sessionStorage'),
    local_storage: read('localStorage'),
    indexed_db: read('indexedDB'),
    audio: read('audio'),
    plugins: read('plugins'),
    math: read('math', (results) => hash(bySortedName(results))),
    keyboard_layout_hash: read('keyboardLayout', (layout) => layout.hash),
  };
  const fitting = Object.entries(written).filter(([name, value]) => forms.get(name)?.Check(value) === true);
  return known<V4RawDeviceAttributes>(Object.fromEntries(fitting));
};
