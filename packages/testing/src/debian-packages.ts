import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { onPath } from './machine-programs.ts';
import { runCommand } from './run-command.ts';
import { withLock } from './with-lock.ts';

/** What the tests may install, and the program by which it is known to be there. */
const PACKAGES = { chromium: 'chromium', xvfb: 'Xvfb', 'firefox-esr': 'firefox-esr' } as const;
type PackageName = keyof typeof PACKAGES;

/** A failed attempt is not repeated by the next test file: without a network each would take minutes. */
const RETRY_AFTER_MS = 3_600_000;
const INSTALL_TIMEOUT_MS = 420_000;

const log = (text: string): void => {
  process.stderr.write(`whorl tests: ${text}\n`);
};

const triedLately = (marker: string): boolean =>
  existsSync(marker) && Date.now() - Number(readFileSync(marker, 'utf8')) < RETRY_AFTER_MS;

const apt = async (args: readonly string[]): Promise<boolean> => {
  log(`apt-get ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = await runCommand('apt-get', args, { env, timeoutMs: INSTALL_TIMEOUT_MS });
  if (result.code !== 0) log(`apt-get failed: ${result.stderr.trim().split('\n').at(-1) ?? ''}`);
  return result.code === 0;
};

/** Why this process cannot install a Debian package, or undefined when it can. */
export const whyNoDebianPackages = (): string | undefined => {
  if (process.env.WHORL_TEST_NO_INSTALL !== undefined) return 'WHORL_TEST_NO_INSTALL is set';
  if (onPath('apt-get') === undefined) return 'this is no Debian system';
  if (process.getuid?.() !== 0) return 'only root may install it';
  return undefined;
};

/**
 * Installs what is missing of Chromium, Xvfb and Firefox ESR from Debian's packages, once for all processes of this
 * machine. One package at a time, because Ubuntu lacks one of them and apt would then install none.
 *
 * Resolves when the attempt is over; whoever asked looks again.
 */
export const installDebianPackages = async (): Promise<void> => {
  if (whyNoDebianPackages() !== undefined) return;
  await withLock(join(cacheFolder(), 'whorl-apt.lock'), async () => {
    const marker = join(cacheFolder(), 'whorl-apt.tried');
    const names = Object.keys(PACKAGES) as PackageName[];
    const wanted = names.filter((name) => onPath(PACKAGES[name]) === undefined);
    if (wanted.length === 0 || triedLately(marker)) return;
    writeFileSync(marker, String(Date.now()));
    await apt(['update', '-qq']);
    for (const name of wanted) await apt(['install', '-y', '-qq', '--no-install-recommends', name]);
  });
};
