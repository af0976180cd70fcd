import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { explorerScript, explorerStyles } from './explorer-page.ts';
import { type StaticFile, staticFile } from './static-file.ts';

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLES = 'text/css; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';

/** Swagger UI's folder in node_modules, wherever npm has put it. */
const library = (): string => dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const ofLibrary = (name: string): Promise<Buffer> => readFile(join(library(), name));

/** The notice and the licence, which Apache-2.0 (4a, 4d) wants to go along. */
const licences = async (): Promise<string> => `${await ofLibrary('NOTICE')}\n\n${await ofLibrary('LICENSE')}`;

/** What the explorer's page loads: Swagger UI from its npm package, and our own few lines. Read once, at the start. */
export const readExplorerFiles = async (): Promise<StaticFile[]> => [
  staticFile('swagger-ui-bundle.js', SCRIPT, await ofLibrary('swagger-ui-bundle.js')),
  staticFile('swagger-ui-bundle.js.LICENSE.txt', TEXT, await ofLibrary('swagger-ui-bundle.js.LICENSE.txt')),
  staticFile('swagger-ui.css', STYLES, await ofLibrary('swagger-ui.css')),
  staticFile('NOTICE.txt', TEXT, await licences()),
  staticFile('explorer.js', SCRIPT, explorerScript),
  staticFile('explorer.css', STYLES, explorerStyles),
];
