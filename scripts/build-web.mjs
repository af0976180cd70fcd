// Bundles what browsers load: the agent in its four forms, and the demo page. Prints the sizes, and fails where a bundle
// has grown over its budget or has lost the licences of the libraries inside.
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const path = (name) => new URL(name, root).pathname;

/** Bytes of gzip that a visitor may be asked to download. */
const AGENT_BUDGET = 45 * 1024;
/** What the agent's syntax is lowered to, apart from what modules cannot do without. */
const AGENT_SYNTAX = { target: 'es2019', supported: { 'import-meta': true } };
/** Stands for the public key until the server writes it in. */
const KEY_PLACE = '__WHORL_PUBLIC_KEY__';

const LIBRARIES = ['@fingerprintjs/fingerprintjs', '@fingerprintjs/botd', 'detectincognitojs'];

const AGENT_BUNDLES = [
  { entry: 'v3-loader', format: 'iife', holdsLibraries: true },
  { entry: 'v3', format: 'esm', holdsLibraries: true },
  { entry: 'v4', format: 'esm', holdsLibraries: true },
  { entry: 'worker', format: 'iife', holdsLibraries: false },
];

const readJson = async (name) => JSON.parse(await readFile(path(name), 'utf8'));

const readLibrary = async (name) => {
  const { version, license } = await readJson(`node_modules/${name}/package.json`);
  const text = await readFile(path(`node_modules/${name}/LICENSE`), 'utf8');
  const copyright = /^Copyright .*$/m.exec(text)?.[0];
  if (license !== 'MIT' || copyright === undefined) throw new Error(`${name}: its licence is not the one we know`);
  return { name, version, copyright, text: text.trim() };
};

const bannerFor = (version, libraries) => {
  const parts = libraries.map(({ name, version, copyright }) => ` *   ${name} ${version}, ${copyright} (MIT)`);
  const holds =
    parts.length === 0
      ? []
      : [
          ' * Third-party parts, with their licences in full at /agent/NOTICE.txt of the server that sent this:',
          ...parts,
        ];
  return [`/*! Whorl agent ${version} (MIT)`, ...holds, ' */'].join('\n');
};

const noticeFor = (libraries) =>
  libraries.map(({ name, version, text }) => `${name} ${version}\n${'-'.repeat(72)}\n${text}\n`).join('\n\n');

const bundle = ({ entry, outfile, ...options }) =>
  build({
    absWorkingDir: path('.'),
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'browser',
    conditions: ['whorl-source'],
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
  });

const kB = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;

const report = async (file) => {
  const raw = await readFile(path(file));
  const gzipped = gzipSync(raw, { level: 9 }).length;
  console.log(`${file.padEnd(42)} ${kB(raw.length).padStart(9)} ${kB(gzipped).padStart(9)} gzip`);
  return { text: raw.toString('utf8'), gzipped };
};

const buildAgent = async () => {
  const faults = [];
  const { version } = await readJson('packages/agent/package.json');
  const libraries = await Promise.all(LIBRARIES.map(readLibrary));
  await mkdir(path('packages/agent/dist/web'), { recursive: true });
  await writeFile(path('packages/agent/dist/web/NOTICE.txt'), noticeFor(libraries));
  for (const { entry, format, holdsLibraries } of AGENT_BUNDLES) {
    const outfile = `packages/agent/dist/web/${entry}.js`;
    const inside = holdsLibraries ? libraries : [];
    const banner = bannerFor(version, inside);
    await bundle({
      entry: `packages/agent/src/entries/${entry}.ts`,
      outfile,
      format,
      ...AGENT_SYNTAX,
      banner: { js: banner },
    });
    const { text, gzipped } = await report(outfile);
    if (gzipped > AGENT_BUDGET)
      faults.push(`${outfile} has ${kB(gzipped)} gzipped, over its budget of ${kB(AGENT_BUDGET)}`);
    if (!inside.every(({ name, copyright }) => text.includes(name) && text.includes(copyright))) {
      faults.push(`${outfile} has lost the licence notice of a library`);
    }
    if (holdsLibraries && !text.includes(KEY_PLACE)) faults.push(`${outfile} has no place for the public key`);
  }
  const notice = await readFile(path('packages/agent/dist/web/NOTICE.txt'), 'utf8');
  for (const { name, text } of libraries) if (!notice.includes(text)) faults.push(`NOTICE.txt lacks ${name}`);
  return faults;
};

const buildDemo = async () => {
  const source = 'packages/demo/src';
  const target = 'packages/demo/dist/web';
  await mkdir(path(target), { recursive: true });
  await bundle({ entry: `${source}/demo.ts`, outfile: `${target}/demo.js`, format: 'esm', target: 'es2022' });
  for (const file of await readdir(path(source))) {
    if (/\.(?:html|css)$/.test(file)) await copyFile(path(`${source}/${file}`), path(`${target}/${file}`));
  }
  await report(`${target}/demo.js`);
};

const faults = await buildAgent();
await buildDemo();
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
