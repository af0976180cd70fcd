import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The path of a file inside an installed npm package. */
export const npmFile = (packageName: string, file: string): string => require.resolve(`${packageName}/${file}`);

/**
 * When an `@ip-location-db` package was built, unix milliseconds: the last part of its version is the hour as
 * `YYYYMMDDHH` in UTC. NaN when the version has another form.
 */
export const buildTimeOfVersion = (version: string): number => {
  const [, year, month, day, hour] = /\.(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(version) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour));
};

/** The version of an installed npm package. */
export const npmVersion = (packageName: string): string => {
  const manifest: unknown = JSON.parse(readFileSync(npmFile(packageName, 'package.json'), 'utf8'));
  return manifest !== null && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : '';
};
