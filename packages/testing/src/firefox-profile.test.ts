import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFirefoxProfile } from './firefox-profile.ts';

const folder = mkdtempSync(join(tmpdir(), 'whorl-profile-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('writeFirefoxProfile', () => {
  it('writes the quiet preferences and those asked for', async () => {
    await writeFirefoxProfile(folder, { 'privacy.resistFingerprinting': true, 'some.text': 'a "b"' });
    const lines = readFileSync(join(folder, 'user.js'), 'utf8').split('\n');
    expect(lines).toContain('user_pref("app.update.enabled", false);');
    expect(lines).toContain('user_pref("privacy.resistFingerprinting", true);');
    expect(lines).toContain('user_pref("some.text", "a \\"b\\"");');
  });
});
