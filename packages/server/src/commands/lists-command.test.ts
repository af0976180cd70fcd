import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInLists } from '../lists/built-in-lists.ts';
import type { ListStatus } from '../lists/list-status.ts';
import { startUpstream, type Upstream } from '../lists/testing/start-upstream.ts';
import { useCommand } from '../testing/use-command.ts';
import { listsCommand } from './lists-command.ts';

const { whorl, whorlWith, dataDir } = useCommand();

let upstream: Upstream;

beforeEach(async () => {
  upstream = await startUpstream();
});

afterEach(() => upstream.close());

/** The command with two lists on this machine and none elsewhere. */
const withOwn = async (...args: string[]) => {
  const file = join(dataDir(), 'own.json');
  const list = (name: string) => ({ name, kind: 'tor', format: 'networks', url: `${upstream.url}/${name}` });
  const without = builtInLists.map(({ name }) => name);
  await writeFile(file, JSON.stringify({ lists: [list('mine'), list('yours')], without }));
  return whorlWith({ WHORL_NETWORK_LISTS_FILE: file }, ...args);
};

describe('whorl lists', () => {
  it('tells what it can do', () => {
    const command = listsCommand({});
    expect(command.helpInformation()).toMatch(/status[\s\S]*refresh/);
    const refresh = command.commands.find((each) => each.name() === 'refresh');
    expect(refresh?.helpInformation()).toMatch(/\[names\.\.\.\][\s\S]*--accept[\s\S]*--json/);
  });

  it('shows the lists that come with the server, and makes no files for that', async () => {
    const { out, failed } = await whorl('lists', 'status');
    expect(failed).toBe(false);
    for (const { name } of builtInLists) expect(out).toContain(name);
    expect(await readdir(dataDir())).toEqual([]);
  });

  it('fetches, tells what came of it, and shows it', async () => {
    upstream.answer((request, response) =>
      request.url === '/mine' ? response.end('192.0.2.1\n192.0.2.2\n') : response.end('<html>'),
    );
    const refreshed = await withOwn('lists', 'refresh');
    expect(refreshed.failed).toBe(true);
    expect(refreshed.out).toMatch(/mine +updated/);
    expect(refreshed.out).toMatch(/yours +refused/);
    expect(refreshed.err).toContain('1 of 2 lists could not be fetched');
    const { out } = await withOwn('lists', 'status', '--json');
    expect(JSON.parse(out) as ListStatus[]).toMatchObject([
      { name: 'mine', rows: 2, problem: null },
      { name: 'yours', rows: null, problem: { text: expect.stringContaining('web page') } },
    ]);
  });

  it('fetches those alone that are named', async () => {
    upstream.answer((_, response) => response.end('192.0.2.1\n'));
    const { out, failed } = await withOwn('lists', 'refresh', 'mine', '--json');
    expect(failed).toBe(false);
    expect(JSON.parse(out)).toEqual({ mine: 'updated' });
    expect(upstream.requests.map(({ url }) => url)).toEqual(['/mine']);
    expect((await withOwn('lists', 'refresh', 'hers')).err).toMatch(/no list "hers".*mine, yours/);
  });

  it('takes a list that has grown too much only when told to', async () => {
    const rows = Array.from({ length: 2_000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`).join('\n');
    upstream.answer((_, response) => response.end('192.0.2.1\n'));
    await withOwn('lists', 'refresh', 'mine');
    upstream.answer((_, response) => response.end(rows));
    const refused = await withOwn('lists', 'refresh', 'mine');
    expect(refused.failed).toBe(true);
    expect(refused.err).toContain('whorl lists refresh --accept mine');
    expect((await withOwn('lists', 'status')).out).toMatch(/mine +tor +1 /);
    const accepted = await withOwn('lists', 'refresh', '--accept', 'mine');
    expect(accepted.failed).toBe(false);
    expect((await withOwn('lists', 'status')).out).toMatch(/mine +tor +2000 /);
  });

  it('fetches nothing where lists are switched off', async () => {
    const { err, failed } = await whorlWith({ WHORL_NETWORK_LISTS: 'off' }, 'lists', 'refresh');
    expect(failed).toBe(true);
    expect(err).toContain('WHORL_NETWORK_LISTS is off');
  });
});
