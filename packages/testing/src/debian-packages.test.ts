import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installDebianPackages, whyNoDebianPackages } from './debian-packages.ts';

let folder: string;
let calls: string;

/** Notes how it is called; `install` makes a file of the name given, except for packages that this system lacks. */
const fakeApt = (lacking: string): string => `#!/bin/sh
echo "$*" >> ${calls}
for name; do :; done
case "$1 $name" in
  "install ${lacking}") echo "E: Unable to locate package $name" >&2; exit 100 ;;
  "install xvfb") : > ${folder}/Xvfb ;;
  install*) : > ${folder}/$name ;;
esac
`;

const provideApt = (lacking = 'nothing'): void => {
  writeFileSync(join(folder, 'apt-get'), fakeApt(lacking));
  chmodSync(join(folder, 'apt-get'), 0o755);
};
const called = (): string[] => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []);

/** Windows has no user ids, so the type leaves them open. */
const actAs = (user: number) =>
  vi.spyOn(process as Required<Pick<NodeJS.Process, 'getuid'>>, 'getuid').mockReturnValue(user);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-apt-test-'));
  calls = join(folder, 'calls');
  // Lock and marker lie there.
  vi.stubEnv('WHORL_TEST_CACHE', folder);
  vi.stubEnv('PATH', folder);
  vi.stubEnv('WHORL_TEST_NO_INSTALL', undefined);
  actAs(0);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('whyNoDebianPackages', () => {
  it('names what stands in the way', () => {
    expect(whyNoDebianPackages()).toBe('this is no Debian system');
    provideApt();
    expect(whyNoDebianPackages()).toBeUndefined();
    actAs(1000);
    expect(whyNoDebianPackages()).toBe('only root may install it');
    vi.stubEnv('WHORL_TEST_NO_INSTALL', '1');
    expect(whyNoDebianPackages()).toBe('WHORL_TEST_NO_INSTALL is set');
  });
});

describe.runIf(process.platform === 'linux')('installDebianPackages', () => {
  it('installs what is missing, each by itself', async () => {
    provideApt();
    writeFileSync(join(folder, 'chromium'), '');
    await installDebianPackages();
    expect(called().map((line) => line.split(' ').at(-1))).toEqual(['-qq', 'xvfb', 'firefox-esr']);
  });

  it('goes on with the others when one is not to be had', async () => {
    provideApt('chromium');
    await installDebianPackages();
    expect(existsSync(join(folder, 'Xvfb'))).toBe(true);
    expect(existsSync(join(folder, 'firefox-esr'))).toBe(true);
  });

  it('does not try again at once what has failed', async () => {
    provideApt('firefox-esr');
    await installDebianPackages();
    const before = called();
    await installDebianPackages();
    expect(called()).toEqual(before);
  });

  it('is done once by many at the same time', async () => {
    provideApt();
    await Promise.all([installDebianPackages(), installDebianPackages(), installDebianPackages()]);
    expect(called()).toHaveLength(4);
  });

  it('calls nothing where nothing is missing', async () => {
    provideApt();
    for (const name of ['chromium', 'Xvfb', 'firefox-esr']) writeFileSync(join(folder, name), '');
    await installDebianPackages();
    expect(called()).toEqual([]);
  });
});
