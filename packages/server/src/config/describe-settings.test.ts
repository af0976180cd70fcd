import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeSettings, settingsHelp, settingsTable } from './describe-settings.ts';
import { laterSettings, settingRegistry } from './setting-registry.ts';

const guide = readFileSync(new URL('../../../../docs/self-hosting.md', import.meta.url), 'utf8');

describe('describeSettings', () => {
  it('describes every setting of the registry, each under a name of its own', () => {
    const names = describeSettings().map(({ name }) => name);
    expect(new Set(names).size).toBe(Object.keys(settingRegistry).length);
    expect(names.filter((name) => laterSettings.has(name))).toEqual([]);
  });

  it('gives a help text that names each setting with its default', () => {
    expect(settingsHelp()).toMatch('WHORL_PORT (default 7070)\n    Port that');
    expect(settingsHelp().match(/^WHORL_/gm)).toHaveLength(describeSettings().length);
  });
});

describe('docs/self-hosting.md', () => {
  it('holds the table of settings as the registry makes it', () => {
    expect(guide).toContain(settingsTable());
  });
});
