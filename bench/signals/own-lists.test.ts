import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInLists } from '../../packages/server/src/lists/built-in-lists.ts';
import { NetworkLists } from '../../packages/server/src/lists/network-lists.ts';
import { readListsFile } from '../../packages/server/src/lists/read-lists-file.ts';
import { readAddress } from '../../packages/server/src/lookup/address.ts';
import { type OwnLists, startOwnLists, untilListsLoaded } from './own-lists.ts';
import { type Place, places } from './places.ts';

let own: OwnLists;
let dir: string;
let lists: NetworkLists;
const problems: string[] = [];

beforeAll(async () => {
  own = await startOwnLists();
  dir = await mkdtemp(join(tmpdir(), 'whorl-own-lists-'));
  const sources = await readListsFile(own.env.WHORL_NETWORK_LISTS_FILE ?? '', builtInLists);
  lists = new NetworkLists({ sources, dir, log: { warn: ({ problem }) => problems.push(problem) } });
  await lists.refresh();
});

afterAll(async () => {
  await own.stop();
  await rm(dir, { recursive: true, force: true });
});

const listedAs = (place: Place): string[] => {
  const address = readAddress(places[place]);
  if (address === undefined) throw new Error(`${places[place]} is no address`);
  return Object.entries(lists.find(address, undefined, Date.now())).flatMap(([kind, { listed }]) =>
    listed ? [kind] : [],
  );
};

describe('the benchmark’s own lists', () => {
  it('are taken by the code that fetches the true ones, every one of them', () => {
    expect(problems).toEqual([]);
    expect(lists.status().filter(({ rows }) => rows === null)).toEqual([]);
  });

  it.each<[Place, string[]]>([
    ['home', []],
    ['vpn', ['publicVpn']],
    ['relay', ['relay']],
    ['tor', ['tor']],
    ['proxy', ['proxy']],
    ['attacker', ['attackSource']],
  ])('say of %s what it is, and nothing else', (place, kinds) => {
    expect(listedAs(place)).toEqual(kinds);
  });

  it('answer every question, so that a home is clear and not unknown', () => {
    const address = readAddress(places.home);
    expect(address?.isPublic).toBe(true);
    const asked = address === undefined ? {} : lists.find(address, undefined, Date.now());
    expect(Object.keys(asked).sort()).toEqual(['attackSource', 'emailSpam', 'proxy', 'publicVpn', 'relay', 'tor']);
  });
});

describe('untilListsLoaded', () => {
  let answers: unknown[] = [];
  const server = createServer((_, response) => {
    response.end(JSON.stringify(answers.length > 1 ? answers.shift() : answers[0]));
  });
  let url = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const some = { networkLists: { configured: 2, loaded: 1, problems: { tor: 'it is empty' } } };
  const all = { networkLists: { configured: 2, loaded: 2, problems: {} } };

  it('waits for all of them', async () => {
    answers = [{}, some, all];
    await untilListsLoaded(url);
    expect(answers).toEqual([all]);
  });

  it('rejects, with what the server says, where they do not come', async () => {
    answers = [some];
    await expect(untilListsLoaded(url, 50)).rejects.toThrow(/did not load the lists: .*it is empty/);
  });
});
