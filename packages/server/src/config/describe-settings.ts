import type { Setting } from './setting.ts';
import { settingRegistry } from './setting-registry.ts';

/** One setting in words. `default` is null where nothing stands in for a missing variable. */
export type SettingDescription = Pick<Setting<unknown>, 'name' | 'default' | 'form' | 'description' | 'secret'>;

/** Every setting in words, in the order of the registry. */
export const describeSettings = (): SettingDescription[] =>
  Object.values(settingRegistry).map(({ name, default: fallback, form, description, secret }) => ({
    name,
    default: fallback,
    form,
    description,
    secret,
  }));

/** The settings for a terminal: what `whorl settings` prints. */
export const settingsHelp = (): string =>
  describeSettings()
    .map(({ name, default: fallback, form, description }) =>
      [`${name}${fallback === null ? '' : ` (default ${fallback})`}`, description, `Form: ${form}.`]
        .join('\n    ')
        .replaceAll('`', ''),
    )
    .join('\n\n');

/** The settings as a Markdown table: it stands in `docs/self-hosting.md`. */
export const settingsTable = (): string =>
  [
    '| Setting | Default | Form | Meaning |',
    '| --- | --- | --- | --- |',
    ...describeSettings().map(
      ({ name, default: fallback, form, description }) =>
        `| \`${name}\` | ${fallback === null ? 'none' : `\`${fallback}\``} | ${form} | ${description} |`,
    ),
  ].join('\n');
