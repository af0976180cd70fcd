import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Browser,
  launchDriven,
  type PageServer,
  REPOSITORY,
  type RunningWhorl,
  runCommand,
  startPageServer,
  startWhorl,
} from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const README = read('README.md');

type Block = { language: string; text: string };

const blocks: Block[] = [...README.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const blockWith = (language: string, part: string): string => {
  const found = blocks.find((block) => block.language === language && block.text.includes(part));
  if (found === undefined) throw new Error(`README.md has no ${language} block with ${part}`);
  return found.text;
};

const lines = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n'))
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));
const isWhorlCommand = (line: string): boolean => line.startsWith('npm run whorl -- ');

/** Lines that set the machine up: what this file checks of each is said in its own test. */
const SET_UP = ['npm ci && npm start', 'npm ci && npm test', 'npm run conformance'];

let whorl: RunningWhorl;
let pages: PageServer;
let browser: Browser;

beforeAll(async () => {
  // Not the built command but the README's: it builds first.
  whorl = await startWhorl({ start: ['npm', 'start'], keys: 'printed' });
  pages = await startPageServer();
  browser = await launchDriven();
});
afterAll(async () => {
  await browser?.close();
  await pages?.stop();
  await whorl?.stop();
});

/** The README's text with this run's address, keys and request id in the places it names. */
const filledIn = (text: string, requestId = ''): string =>
  text
    .replaceAll('http://localhost:7070', whorl.url)
    .replaceAll('YOUR_PUBLIC_KEY', whorl.publicKey)
    .replaceAll('YOUR_SECRET_KEY', whorl.secretKey)
    .replaceAll('REQUEST_ID', requestId);

describe('README.md', () => {
  it('has no command and no kind of block that this file does not run', () => {
    expect(lines.filter((line) => !isWhorlCommand(line) && !SET_UP.includes(line))).toEqual([]);
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['sh', 'html', 'js']));
    expect(lines).toEqual(expect.arrayContaining(SET_UP));
  });

  it('names the test command that continuous integration runs on a clean clone', () => {
    expect(read('.ci/run').trim().split('\n').at(-1)).toBe('npm ci && npm test');
  });

  it('names the script that runs the official clients, which are the files of this folder', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(scripts.conformance).toMatch(/vitest run .*table-reporter\.ts conformance\/$/);
  });

  it('starts a server with "npm start" that says where its demo page is', async () => {
    expect(whorl.output()).toContain(`${whorl.url}/demo`);
    expect((await fetch(`${whorl.url}/demo`)).status).toBe(200);
  });

  it.each(lines.filter(isWhorlCommand))('%s', async (line) => {
    const env = { ...process.env, WHORL_DATA_DIR: whorl.dataDir };
    const { code, stdout, stderr } = await runCommand('sh', ['-c', line], { cwd: REPOSITORY, env });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/\S/);
  });

  describe('its snippets', () => {
    type Visit = { requestId: string; visitorId: string; confidence: { score: number } };
    let visit: Visit;

    beforeAll(async () => {
      // One of the README's commands has limited the origins.
      await whorl.command('environment', 'origins', 'production', '--any-origin');
      const tail = 'window.shown = { requestId, visitorId, confidence };\n</script>';
      const html = filledIn(blockWith('html', 'agent.get')).replace('</script>', tail);
      const page = await browser.newPage();
      await page.goto(pages.serve('/', `<!doctype html>${html}`));
      visit = (await (await page.waitForFunction('window.shown')).jsonValue()) as Visit;
    });

    it('the page gets a visitor id with a confidence', () => {
      expect(visit).toMatchObject({
        requestId: expect.stringMatching(/^\d{13}\.\w{6}$/),
        visitorId: expect.stringMatching(/^\w{20}$/),
        confidence: { score: expect.any(Number) },
      });
    });

    it('the official SDK reads the event on a server', async () => {
      const cache = join(REPOSITORY, 'node_modules/.cache');
      mkdirSync(cache, { recursive: true });
      const folder = mkdtempSync(join(cache, 'readme-'));
      const script = join(folder, 'snippet.mjs');
      writeFileSync(script, filledIn(blockWith('js', 'getEvent'), visit.requestId));
      const { code, stdout, stderr } = await runCommand(process.execPath, [script]);
      rmSync(folder, { recursive: true });
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(stdout).toContain(visit.visitorId);
      expect(stdout).toContain('bad');
    });

    it('plain HTTP reads the same event', async () => {
      const curl = /`curl -H '([^:]+): ([^']+)' ([^`]+)`/.exec(filledIn(README, visit.requestId));
      const [, name = '', value = '', url = ''] = curl ?? [];
      const answer = await fetch(url, { headers: { [name]: value } });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ products: { identification: { data: visit } } });
    });
  });
});
