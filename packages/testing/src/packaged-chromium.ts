import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import type { FoundBrowser } from './finding.ts';
import { probeBrowser } from './machine-programs.ts';
import { runCommand } from './run-command.ts';
import { withLock } from './with-lock.ts';

const UNPACK_TIMEOUT_MS = 120_000;

/** WebGL on a machine without a GPU; no zygote, because the package's sandbox helper is not there. */
const ARGS = [
  '--no-sandbox',
  '--no-zygote',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

const FONTS_FILE = 'whorl-fonts.conf';

/** The system's fonts, where it has any, and those of the package: without a single font Chromium draws no text. */
const fontsConfig = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${folder}-cache</cachedir>
</fontconfig>
`;

const require = createRequire(import.meta.url);

const packageVersion = (): string => {
  // The package exports nothing but its entry, two folders below its manifest.
  const manifest = join(dirname(require.resolve('@sparticuz/chromium')), '../../package.json');
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { version: unknown }).version);
};

/**
 * The package unpacks into the temporary folder by fixed names and takes whatever lies there for whole. So it runs in a
 * process with a temporary folder of its own, which gets its final name only when all of it is there. The variable is how
 * the package is told to unpack the shared libraries that small systems lack.
 */
const unpack = async (folder: string): Promise<void> => {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const entry = JSON.stringify(require.resolve('@sparticuz/chromium'));
  const script = `Promise.resolve(require(${entry})).then((m) => (m.default ?? m).executablePath())`;
  const env = { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const result = await runCommand(process.execPath, ['-e', script], { env, timeoutMs: UNPACK_TIMEOUT_MS });
  if (result.code !== 0) throw new Error(`@sparticuz/chromium could not be unpacked: ${result.stderr.trim()}`);
  await writeFile(join(partial, FONTS_FILE), fontsConfig(join(folder, 'fonts')));
  await rename(partial, folder);
};

/**
 * The headless Chromium inside the npm package `@sparticuz/chromium` (Linux on x64 and arm64), unpacked once into
 * {@link cacheFolder} (about 200 MB). Undefined where it does not start.
 */
export const packagedChromium = async (): Promise<FoundBrowser | undefined> => {
  if (process.platform !== 'linux') return undefined;
  const folder = join(cacheFolder(), `whorl-chromium-${packageVersion()}-${process.getuid?.() ?? 0}`);
  await withLock(`${folder}.lock`, async () => {
    if (!existsSync(folder)) await unpack(folder);
  });
  const fonts = { FONTCONFIG_FILE: join(folder, FONTS_FILE) };
  const libraries = { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  const path = join(folder, 'chromium');
  for (const env of [fonts, libraries]) {
    const found = await probeBrowser(path, 'sparticuz', env, ARGS);
    if (found !== undefined) return { ...found, headed: false };
  }
  return undefined;
};
