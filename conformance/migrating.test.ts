import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, launchDriven, REPOSITORY, type RunningWhorl, runCommand, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { officialClient } from './official-client.ts';
import { type Site, startSite, type VisitResult } from './site.ts';

const page = readFileSync(join(REPOSITORY, 'docs/migrating.md'), 'utf8');

/** The page's code under a label, such as the `v3` of a block that begins with "js v3". */
const snippet = (label: string): string => {
  const text = new RegExp(`^\`\`\`js ${label}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1];
  if (text === undefined) throw new Error(`docs/migrating.md has no block "js ${label}"`);
  return text;
};

let whorl: RunningWhorl;
let successor: RunningWhorl;
let browser: Browser;
let site: Site;
let folder: string;
const visits: VisitResult[] = [];
/** An event of a month ago. */
let old: string;

const DAY = 24 * 60 * 60_000;
const SINCE = new Date(Date.now() - 60 * DAY).toISOString();

beforeAll(async () => {
  // Below node_modules, so that the snippets find the SDKs.
  const cache = join(REPOSITORY, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'migrating-'));
  [whorl, successor, browser] = await Promise.all([startWhorl(), startWhorl(), launchDriven()]);
  site = await startSite(whorl);
  const visitor = await browser.newPage();
  for (const linkedId of ['first', 'second', 'third']) {
    visits.push(await site.visit(visitor, { linkedId, tag: { shop: linkedId } }));
  }
  const event = await officialClient(whorl).getEvent(visits[0]?.requestId ?? '');
  old = `${Date.now() - 30 * DAY}.abcdef`;
  const aged = structuredClone(event);
  Object.assign(aged.products.identification?.data ?? {}, { requestId: old });
  writeFileSync(join(folder, 'old.json'), JSON.stringify(aged));
  expect(await whorl.command('import', join(folder, 'old.json'))).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await Promise.all([whorl?.stop(), successor?.stop()]);
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

const run = async (label: string, extra: Record<string, string>) => {
  const script = join(folder, `${label}.mjs`);
  writeFileSync(script, snippet(label));
  const env = { ...process.env, WHORL_URL: whorl.url, YOUR_SECRET_KEY: whorl.secretKey, ...extra };
  const { code, stdout, stderr } = await runCommand(process.execPath, [script], { env });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
};

/** An event of either API, as far as its id is concerned. */
type Exported = { event_id?: string; products?: { identification: { data: { requestId: string } } } };

/** The ids of the events in an exported file, sorted. */
const idsIn = (file: string, idOf: (event: Exported) => string | undefined): (string | undefined)[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .flatMap((page) => (JSON.parse(page) as { events: Exported[] }).events)
    .map(idOf)
    .sort();

describe('docs/migrating.md', () => {
  it.each(['v3', 'v4'])('its snippet for the %s SDK reads an event', async (label) => {
    const [visit] = visits;
    expect(await run(label, { REQUEST_ID: visit?.requestId ?? '' })).toContain(visit?.visitorId);
  });

  it('its export is imported by another server, with the ids, and reads the same there', async () => {
    const file = join(folder, 'export.ndjson');
    await run('export', { EXPORT_FILE: file, SINCE });
    const dry = await successor.command('import', file, '--dry-run');
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('4 events can be imported') });
    const done = await successor.command('import', file);
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('4 events imported, 0 known already') });
    // Older than a search looks back by itself.
    expect(await officialClient(successor).getEvent(old)).toHaveProperty('products.identification.data.requestId', old);

    for (const { requestId, visitorId } of visits) {
      const before = await officialClient(whorl).getEvent(requestId);
      const after = await officialClient(successor).getEvent(requestId);
      const environmentId = expect.any(String);
      const identification = before.products.identification;
      expect(after).toEqual({
        products: {
          ...before.products,
          identification: { data: { ...identification?.data, environmentId } },
        },
      });
      const found = await officialClient(successor).searchEvents({ limit: 10, visitor_id: visitorId });
      expect(found.events?.map(({ products }) => products.identification?.data?.requestId)).toContain(requestId);
    }
    const again = await successor.command('import', file, '--dry-run');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('0 events can be imported, 4 known') });
    expect((await successor.command('import', file)).stdout).toContain('0 events imported, 4 known already');
  });

  it('its export with the SDK of v4 has the same events', async () => {
    const [v3, v4] = [join(folder, 'export-of-v3.ndjson'), join(folder, 'export-of-v4.ndjson')];
    await run('export', { EXPORT_FILE: v3, SINCE });
    await run('export-v4', { EXPORT_FILE: v4, SINCE });
    const ids = idsIn(v4, ({ event_id }) => event_id);
    expect(ids).toEqual([old, ...visits.map(({ requestId }) => requestId)].sort());
    expect(idsIn(v3, ({ products }) => products?.identification.data.requestId)).toEqual(ids);
    const other = await startWhorl();
    try {
      const done = await other.command('import', v4);
      expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('4 events imported, 0 known already') });
      const again = await other.command('import', v3, '--dry-run');
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('0 events can be imported, 4 known') });
    } finally {
      await other.stop();
    }
  });

  it('says what cannot be imported, and takes the rest', async () => {
    const file = join(folder, 'faulty.ndjson');
    writeFileSync(file, '{"hello":1}\n');
    const { code, stdout, stderr } = await successor.command('import', file);
    expect(code).toBe(1);
    expect(stdout).toContain('0 events imported');
    expect(stderr).toMatch(/faulty\.ndjson:1: has neither "products"/);
    const missing = await successor.command('import', join(folder, 'no-such-file'));
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be read') });
  });
});
