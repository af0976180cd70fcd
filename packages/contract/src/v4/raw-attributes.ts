import Type, { type Static } from 'typebox';
import { closed } from '../json.ts';
import { described } from './described.ts';

const optional = Type.Optional;
const text = Type.String();
const flag = Type.Boolean();
const attribute = <S extends Type.TSchema>(description: string, schema: S) => optional(described(description, schema));

const mimeType = closed({ type: optional(text), suffixes: optional(text), description: optional(text) });

/**
 * What the v4 Server API shows of the browser's own statements, under its names and in its forms. Each attribute stands
 * alone: what was not collected, or failed, is left out.
 */
export const V4RawDeviceAttributes = closed({
  font_preferences: attribute(
    'Widths of a text in the generic fonts, in CSS pixels.',
    closed({
      default: optional(Type.Number()),
      serif: optional(Type.Number()),
      sans: optional(Type.Number()),
      mono: optional(Type.Number()),
      apple: optional(Type.Number()),
      min: optional(Type.Number()),
      system: optional(Type.Number()),
    }),
  ),
  fonts: attribute('Installed fonts among those that are asked for.', Type.Array(text)),
  font_hash: attribute('Hash of the installed fonts, whatever their order.', text),
  device_memory: attribute('Memory in gigabytes, rounded.', Type.Integer({ minimum: 0 })),
  timezone: attribute('IANA name of the time zone.', text),
  timezone_offset: attribute(
    'How far local time is ahead of UTC at the time of the event, such as `+02:00`.',
    Type.String({ pattern: '^[+-]\\d\\d:\\d\\d$' }),
  ),
  canvas: attribute(
    'Whether the canvas knows winding rules, and hashes of two pictures.',
    closed({ winding: optional(flag), geometry: optional(text), text: optional(text) }),
  ),
  languages: attribute('Languages, in a list for each place that names them.', Type.Array(Type.Array(text))),
  webgl_extensions: attribute(
    'Hashes of what WebGL can do.',
    closed({
      context_attributes: optional(text),
      parameters: optional(text),
      shader_precisions: optional(text),
      extensions: optional(text),
      extension_parameters: optional(text),
    }),
  ),
  webgl_basics: attribute(
    'How WebGL names its maker and version.',
    closed({
      version: optional(text),
      vendor: optional(text),
      vendor_unmasked: optional(text),
      renderer: optional(text),
      renderer_unmasked: optional(text),
      shading_language_version: optional(text),
    }),
  ),
  screen_resolution: attribute(
    'The longer and the shorter side of the screen, in pixels.',
    Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }),
  ),
  touch_support: attribute(
    'What the browser says of touch screens.',
    closed({
      touch_event: optional(flag),
      touch_start: optional(flag),
      max_touch_points: optional(Type.Integer()),
    }),
  ),
  oscpu: attribute('`navigator.oscpu`.', text),
  architecture: attribute('The sign of a not-a-number, which tells processors apart.', Type.Integer()),
  cookies_enabled: attribute('Whether a cookie could be set.', flag),
  hardware_concurrency: attribute('Threads of the processor.', Type.Integer()),
  date_time_locale: attribute('Language of dates; a negative number as text where the browser names none.', text),
  vendor: attribute('`navigator.vendor`.', text),
  color_depth: attribute('Bits of a colour on the screen.', Type.Integer()),
  platform: attribute('`navigator.platform`.', text),
  session_storage: attribute('Whether sessionStorage is there.', flag),
  local_storage: attribute('Whether localStorage is there.', flag),
  indexed_db: attribute('Whether IndexedDB is there.', flag),
  audio: attribute('Sum of a synthesised sound; negative where it could not be made.', Type.Number()),
  plugins: attribute(
    'Plugins of the browser.',
    Type.Array(closed({ name: text, description: optional(text), mimeTypes: optional(Type.Array(mimeType)) })),
  ),
  math: attribute('Hash of the results of mathematical functions.', text),
  keyboard_layout_hash: attribute('Hash of the layout of the keyboard.', text),
});
export type V4RawDeviceAttributes = Static<typeof V4RawDeviceAttributes>;
