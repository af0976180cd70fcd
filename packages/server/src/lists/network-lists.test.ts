import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAddress } from '../lookup/address.ts';
import { CrawlerRanges } from '../lookup/crawler-ranges.ts';
import { NetworkLists, type NetworkListsParts } from './network-lists.ts';
import { listBounds } from './read-list.ts';
import { sampleSource } from './testing/sample-source.ts';
import { startUpstream, type Upstream } from './testing/start-upstream.ts';

const HOUR = 3_600_000;
const GOOD = '192.0.2.1\n192.0.2.2\n192.0.2.3\n192.0.2.4\n';

let upstream: Upstream;
let dir: string;
let now: number;
let warnings: { list: string; problem: string; message: string }[];
let outcomes: string[];

beforeEach(async () => {
  upstream = await startUpstream();
  dir = await mkdtemp(join(tmpdir(), 'whorl-lists-'));
  now = Date.UTC(2026, 10, 20);
  warnings = [];
  outcomes = [];
});

afterEach(async () => {
  await upstream.close();
  await rm(dir, { recursive: true, force: true });
});

const listsOf = (parts: Partial<NetworkListsParts> = {}) =>
  new NetworkLists({
    sources: [sampleSource({ url: `${upstream.url}/list` })],
    dir,
    log: { warn: ({ list, problem }, message) => warnings.push({ list, problem, message }) },
    count: (name, outcome) => outcomes.push(`${name} ${outcome}`),
    now: () => now,
    timeout: 2_000,
    ...parts,
  });

const torOf = (lists: NetworkLists, text = '192.0.2.1') => {
  const address = readAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return lists.find(address, undefined, 0).tor;
};

const serve = (text: string, headers: Record<string, string> = {}) =>
  upstream.answer((_, response) => response.writeHead(200, headers).end(text));

/** Lists that were fetched once, an hour ago. */
const fetchedOnce = async (parts: Partial<NetworkListsParts> = {}): Promise<NetworkLists> => {
  serve(GOOD, { etag: '"one"' });
  const lists = listsOf(parts);
  await lists.refresh();
  now += HOUR;
  return lists;
};

describe('NetworkLists', () => {
  it('fetches a list, says what it holds, and how old that is', async () => {
    const fetchedAt = now;
    const lists = await fetchedOnce();
    expect(torOf(lists)).toEqual({ source: { name: 'sample', builtAt: fetchedAt }, listed: true });
    expect(torOf(lists, '192.0.2.9')).toMatchObject({ listed: false });
    expect(lists.status()).toEqual([
      expect.objectContaining({ name: 'sample', rows: 4, asOf: fetchedAt, dueAt: fetchedAt + HOUR, problem: null }),
    ]);
    expect(outcomes).toEqual(['sample updated']);
  });

  it('says nothing before the first fetch, and where none succeeds', async () => {
    await upstream.close();
    const lists = listsOf();
    await lists.load();
    expect(torOf(lists)).toBeUndefined();
    expect(await lists.refresh()).toEqual(new Map([['sample', 'failed']]));
    expect(torOf(lists)).toBeUndefined();
    expect(warnings).toEqual([
      {
        list: 'sample',
        problem: 'the connection was refused',
        message: 'a network list could not be fetched; there is none to go on with',
      },
    ]);
  });

  it('looks again when it is due, not before', async () => {
    const lists = await fetchedOnce();
    now -= 1;
    expect(await lists.refresh()).toEqual(new Map());
    now += 1;
    expect(await lists.refresh()).toEqual(new Map([['sample', 'unchanged']]));
    expect(await lists.refresh(['sample'])).toEqual(new Map([['sample', 'unchanged']]));
  });

  it('asks with what the upstream gave, and is as of the last look that found nothing new', async () => {
    serve(GOOD, { etag: '"one"', 'last-modified': 'Fri, 20 Nov 2026 00:00:00 GMT' });
    const lists = listsOf();
    await lists.refresh();
    now += HOUR;
    upstream.answer((_, response) => response.writeHead(304).end());
    expect(await lists.refresh()).toEqual(new Map([['sample', 'unchanged']]));
    expect(upstream.requests[0]?.headers).not.toHaveProperty('if-none-match');
    expect(upstream.requests[1]?.headers).toMatchObject({
      'if-none-match': '"one"',
      'if-modified-since': 'Fri, 20 Nov 2026 00:00:00 GMT',
    });
    expect(torOf(lists)?.source.builtAt).toBe(now);
  });

  it('grows old with an upstream that has stopped to change', async () => {
    const changedAt = now;
    const source = sampleSource({ url: `${upstream.url}/list`, mayRest: 12 * HOUR });
    const lists = await fetchedOnce({ sources: [source] });
    now = changedAt + 12 * HOUR;
    await lists.refresh();
    expect(torOf(lists)?.source.builtAt).toBe(now);
    now = changedAt + 13 * HOUR;
    await lists.refresh();
    expect(torOf(lists)?.source.builtAt).toBe(changedAt);
  });

  it('takes what is new in the place of what was', async () => {
    const lists = await fetchedOnce();
    serve('198.51.100.1\n198.51.100.2\n198.51.100.3\n');
    expect(await lists.refresh()).toEqual(new Map([['sample', 'updated']]));
    expect([torOf(lists)?.listed, torOf(lists, '198.51.100.1')?.listed]).toEqual([false, true]);
    expect((await readdir(dir)).sort()).toEqual(
      [expect.stringMatching(/^sample\.[0-9a-f]{16}\.list$/), 'sample.json'].sort(),
    );
  });

  it.each([
    ['gzip', gzipSync(GOOD)],
    ['br', brotliCompressSync(GOOD)],
  ])('unpacks what comes packed as %s', async (encoding, body) => {
    upstream.answer((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body));
    const lists = listsOf();
    await lists.refresh();
    expect(upstream.requests[0]?.headers['accept-encoding']).toContain(encoding);
    expect(torOf(lists)?.listed).toBe(true);
  });

  it('follows redirects', async () => {
    upstream.answer((request, response) =>
      request.url === '/list' ? response.writeHead(302, { location: '/there' }).end() : response.end(GOOD),
    );
    const lists = listsOf();
    expect(await lists.refresh()).toEqual(new Map([['sample', 'updated']]));
  });
});

describe('an upstream that fails', () => {
  const packed = gzipSync('192.0.2.1\n'.repeat(2_000_000));

  it.each<[what: string, outcome: string, problem: RegExp, answer: Parameters<Upstream['answer']>[0]]>([
    ['an empty list', 'refused', /^it is empty$/, (_, response) => response.end()],
    ['too few rows', 'refused', /^it has 1 rows, and at least 2/, (_, response) => response.end('192.0.2.1\n')],
    ['a web page', 'refused', /web page/, (_, response) => response.end('<html><body>Sorry</body></html>')],
    ['an error in words', 'refused', /not of the format/, (_, response) => response.end('404: Not Found')],
    ['a status', 'failed', /^it answered with status 503$/, (_, response) => response.writeHead(503).end('<html>')],
    [
      'a length that is not kept',
      'failed',
      /closed before the end/,
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write(GOOD, () => response.destroy());
      },
    ],
    [
      'a broken stream',
      'failed',
      /closed before the end/,
      (_, response) => {
        response.write(GOOD, () => response.destroy());
      },
    ],
    [
      'a redirect to itself',
      'failed',
      /^it redirects in a loop$/,
      (_, response) => response.writeHead(302, { location: '/list' }).end(),
    ],
    [
      'redirects in a circle',
      'failed',
      /^it redirects in a loop$/,
      (request, response) => response.writeHead(301, { location: request.url === '/list' ? '/other' : '/list' }).end(),
    ],
    [
      'redirects without an end',
      'failed',
      /^it redirects more than 5 times$/,
      (request, response) => response.writeHead(307, { location: `${request.url}x` }).end(),
    ],
    [
      'a redirect to nowhere',
      'failed',
      /^it redirects \(302\) to nowhere$/,
      (_, response) => response.writeHead(302).end(),
    ],
    [
      'a redirect to a file',
      'failed',
      /^it redirects from http:\/\/ to file:\/\/$/,
      (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    ],
    [
      'a huge list',
      'failed',
      /^it has over 1000000 bytes$/,
      (_, response) => response.end('192.0.2.1\n'.repeat(200_000)),
    ],
    [
      'a huge list in chunks',
      'failed',
      /^it has over 1000000 bytes$/,
      (_, response) => {
        response.on('error', () => {});
        for (let part = 0; part < 40; part += 1) response.write('192.0.2.1\n'.repeat(10_000));
        response.end();
      },
    ],
    [
      'a small file that unpacks to a huge one',
      'failed',
      /^it has over 1000000 bytes$/,
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    ],
    [
      'a damaged packing',
      'failed',
      /^the fetch failed/,
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    ],
    [
      'a packing that was cut off',
      'failed',
      /^the fetch failed/,
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, 1_000)),
    ],
    [
      'a packing that nobody asked for',
      'failed',
      /^it came packed as "zstd"$/,
      (_, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end(GOOD),
    ],
    ['an endless line', 'refused', /line of over 4096/, (_, response) => response.end('1'.repeat(50_000))],
    ['silence', 'failed', /^no complete answer within 800 ms$/, () => {}],
    ['a list that never ends', 'failed', /^no complete answer within 800 ms$/, (_, response) => response.write(GOOD)],
  ])('keeps the last good list after %s', async (_, outcome, problem, answer) => {
    const fetchedAt = now;
    const lists = await fetchedOnce({ bounds: { ...listBounds, bytes: 1_000_000 }, timeout: 800 });
    upstream.answer(answer);
    expect(await lists.refresh()).toEqual(new Map([['sample', outcome]]));
    expect(torOf(lists)).toEqual({ source: { name: 'sample', builtAt: fetchedAt }, listed: true });
    expect(warnings).toEqual([
      {
        list: 'sample',
        problem: expect.stringMatching(problem),
        message: expect.stringMatching(/the last good one is kept$/),
      },
    ]);
    expect(outcomes.at(-1)).toBe(`sample ${outcome}`);
    expect(lists.status()[0]?.problem?.text).toMatch(problem);
    expect((await readdir(dir)).filter((file) => file.endsWith('.part'))).toEqual([]);

    const again = listsOf();
    await again.load();
    expect(torOf(again)?.source.builtAt).toBe(fetchedAt);
    expect(again.status()[0]?.problem?.text).toMatch(problem);
  });

  it('doubts a list that has lost most of its rows, until it stays so for days', async () => {
    serve(Array.from({ length: 100 }, (_, index) => `192.0.2.${index}`).join('\n'));
    const lists = listsOf();
    await lists.refresh();
    now += HOUR;
    serve(GOOD);
    expect(await lists.refresh()).toEqual(new Map([['sample', 'refused']]));
    expect(warnings[0]?.problem).toMatch(
      /^it has 4 rows where it had 100, so it was most likely cut off; .*--accept sample"$/,
    );
    now += 73 * HOUR;
    expect(await lists.refresh()).toEqual(new Map([['sample', 'refused']]));
    now += HOUR;
    expect(await lists.refresh()).toEqual(new Map([['sample', 'updated']]));
  });

  it('does not believe what two looks have found with nothing but failures between them', async () => {
    const lists = await fetchedOnce();
    serve(rowsOf(5_000));
    expect(await lists.refresh()).toEqual(new Map([['sample', 'refused']]));
    upstream.answer((_, response) => response.writeHead(503).end());
    for (let look = 0; look < 4; look += 1) {
      now += 24 * HOUR;
      expect(await lists.refresh()).toEqual(new Map([['sample', 'failed']]));
    }
    now += HOUR;
    serve(rowsOf(5_000));
    expect(await lists.refresh()).toEqual(new Map([['sample', 'refused']]));
    now += HOUR;
    expect(await lists.refresh()).toEqual(new Map([['sample', 'updated']]));
  });

  const rowsOf = (count: number) =>
    Array.from({ length: count }, (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`).join('\n');

  it('doubts a list that has grown too much, until it stays so for days, over failures and restarts', async () => {
    const fetchedAt = now;
    const first = await fetchedOnce();
    serve(rowsOf(5_000));
    expect(await first.refresh()).toEqual(new Map([['sample', 'refused']]));
    expect(torOf(first, '10.0.0.1')?.listed).toBe(false);
    expect(warnings).toEqual([
      {
        list: 'sample',
        problem:
          'it has 5000 rows where it had 4, more than a list grows by at once; it is taken when three looks over three days find it so, or by "whorl lists refresh --accept sample"',
        message: 'a network list was refused; the last good one is kept',
      },
    ]);
    expect(outcomes.at(-1)).toBe('sample refused');
    expect(first.status()[0]).toMatchObject({ rows: 4, asOf: fetchedAt, problem: { at: now } });

    const again = listsOf();
    await again.load();
    now += 40 * HOUR;
    upstream.answer((_, response) => response.writeHead(503).end());
    expect(await again.refresh()).toEqual(new Map([['sample', 'failed']]));
    now += 31 * HOUR;
    serve(rowsOf(5_500));
    expect(await again.refresh()).toEqual(new Map([['sample', 'refused']]));
    now += 1 * HOUR;
    expect(await again.refresh()).toEqual(new Map([['sample', 'updated']]));
    expect(torOf(again, '10.0.0.1')?.listed).toBe(true);
    expect(again.status()[0]).toMatchObject({ rows: 5_500, problem: null });
  });

  it('forgets its doubt when the list is itself again', async () => {
    const lists = await fetchedOnce();
    serve(rowsOf(5_000));
    await lists.refresh();
    now += 71 * HOUR;
    serve(GOOD);
    expect(await lists.refresh()).toEqual(new Map([['sample', 'unchanged']]));
    now += 2 * HOUR;
    serve(rowsOf(5_000));
    expect(await lists.refresh()).toEqual(new Map([['sample', 'refused']]));
  });

  it('takes what has grown where the operator says so, within the other bounds', async () => {
    const lists = await fetchedOnce();
    serve(rowsOf(5_000));
    await lists.refresh();
    expect(await lists.refresh(['sample'], { accept: true })).toEqual(new Map([['sample', 'updated']]));
    serve('<html>');
    expect(await lists.refresh(['sample'], { accept: true })).toEqual(new Map([['sample', 'refused']]));
    expect(lists.status()[0]?.rows).toBe(5_000);
  });

  it('is asked again after five minutes, then ever later, and forgiven when it recovers', async () => {
    const lists = await fetchedOnce();
    upstream.answer((_, response) => response.writeHead(500).end());
    await lists.refresh();
    expect(lists.status()[0]?.dueAt).toBe(now + 5 * 60_000);
    now += 5 * 60_000;
    await lists.refresh();
    expect(lists.status()[0]?.dueAt).toBe(now + 10 * 60_000);
    now += 10 * 60_000;
    serve(GOOD);
    expect(await lists.refresh()).toEqual(new Map([['sample', 'unchanged']]));
    expect(lists.status()[0]).toMatchObject({ problem: null, dueAt: now + HOUR });
  });

  it('holds up no other list', async () => {
    serve(GOOD);
    const [bad, good] = ['http://127.0.0.1:1/x', `${upstream.url}/list`].map((url, index) =>
      sampleSource({ url, name: `list-${index}` }),
    );
    const lists = listsOf({ sources: [bad, good].filter((each) => each !== undefined) });
    expect(await lists.refresh()).toEqual(
      new Map([
        ['list-0', 'failed'],
        ['list-1', 'updated'],
      ]),
    );
  });

  it('is let go of when the server stops', async () => {
    upstream.answer(() => {});
    const lists = listsOf({ timeout: 60_000 });
    const refreshing = lists.refresh();
    while (upstream.requests.length === 0) await new Promise((done) => setTimeout(done, 5));
    lists.stop();
    expect(await refreshing).toEqual(new Map());
    expect(warnings).toEqual([]);
  });
});

describe('lists on disk', () => {
  it('are there after a start without network, as old as they are', async () => {
    const fetchedAt = now;
    await fetchedOnce();
    await upstream.close();
    const lists = listsOf();
    await lists.load();
    expect(torOf(lists)).toEqual({ source: { name: 'sample', builtAt: fetchedAt }, listed: true });
  });

  it('are taken over when another process has fetched them', async () => {
    const running = listsOf();
    await running.load();
    await fetchedOnce();
    now -= HOUR;
    expect(await running.refresh()).toEqual(new Map());
    expect(torOf(running)?.listed).toBe(true);
  });

  it.each<[what: string, harm: (file: string) => Promise<void>]>([
    ['cut', (file) => truncate(file, 12)],
    ['emptied', (file) => truncate(file, 0)],
    ['overwritten', (file) => writeFile(file, '<html>')],
    ['removed', (file) => rm(file)],
  ])('are told of once and fetched anew when the file was %s', async (_, harm) => {
    await fetchedOnce();
    const file = (await readdir(dir)).find((each) => each.endsWith('.list')) ?? '';
    await harm(join(dir, file));
    const lists = listsOf();
    await lists.load();
    await lists.load();
    expect(torOf(lists)).toBeUndefined();
    expect(warnings.map(({ message }) => message)).toEqual([
      'a network list on disk is damaged; it will be fetched anew',
    ]);
    expect(await lists.refresh()).toEqual(new Map([['sample', 'updated']]));
    expect(upstream.requests.at(-1)?.headers).not.toHaveProperty('if-none-match');
    expect(torOf(lists)?.listed).toBe(true);
  });

  it.each(['', '{', '{"url":1}', '[]', 'null'])('count as none when what is noted of them is %j', async (text) => {
    await fetchedOnce();
    await writeFile(join(dir, 'sample.json'), text);
    const lists = listsOf();
    await lists.load();
    expect(torOf(lists)).toBeUndefined();
    expect(await lists.refresh()).toEqual(new Map([['sample', 'updated']]));
  });

  it('of another address are not taken for this one', async () => {
    await fetchedOnce();
    const lists = listsOf({ sources: [sampleSource({ url: `${upstream.url}/other` })] });
    await lists.load();
    expect(torOf(lists)).toBeUndefined();
    await lists.refresh();
    expect(JSON.parse(await readFile(join(dir, 'sample.json'), 'utf8'))).toMatchObject({
      url: `${upstream.url}/other`,
    });
  });
});

describe('published addresses of crawlers', () => {
  const crawler = (name: string) =>
    sampleSource({
      name,
      kind: 'crawler',
      format: 'crawler',
      crawler: 'openai',
      url: `${upstream.url}/${name}`,
      minimumRows: 1,
    });

  const findIn = (crawlers: CrawlerRanges, text: string) => {
    const address = readAddress(text);
    return address === undefined ? undefined : crawlers.find(address).openai;
  };

  it('take the place of the snapshot only when all of an operator’s files are there', async () => {
    const crawlers = new CrawlerRanges();
    const sources = [crawler('one'), crawler('two')];
    const body = (network: string) => JSON.stringify({ prefixes: [{ ipv4Prefix: network }] });
    upstream.answer((request, response) =>
      request.url === '/one' ? response.end(body('192.0.2.0/28')) : response.writeHead(404).end(),
    );
    const lists = listsOf({ sources, crawlers });
    await lists.refresh();
    expect(findIn(crawlers, '192.0.2.1')).toBeUndefined();

    upstream.answer((request, response) =>
      response.end(body(request.url === '/one' ? '192.0.2.0/28' : '198.51.100.0/28')),
    );
    await lists.refresh(['two']);
    const source = { name: 'published addresses of openai', builtAt: now };
    expect(findIn(crawlers, '192.0.2.1')).toEqual({ source, listed: true });
    expect(findIn(crawlers, '198.51.100.1')).toEqual({ source, listed: true });
    expect(findIn(crawlers, '203.0.113.1')).toEqual({ source, listed: false });
  });
});
