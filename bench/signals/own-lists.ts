import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtInLists } from '../../packages/server/src/lists/built-in-lists.ts';
import { startUpstream } from '../../packages/server/src/lists/testing/start-upstream.ts';
import { places } from './places.ts';

/**
 * Small lists in the formats of those that come with a server, one at least for each question that a signal asks, and in each beside one
 * of our places only networks set aside for documentation. `now`: unix milliseconds.
 */
export const listTexts = (now: number): Readonly<Record<string, string>> => ({
  'tor-exits': `fingerprint,ipaddr,port\n${'0A'.repeat(20)},203.0.113.1,9001\n${'0B'.repeat(20)},${places.tor},443\n`,
  'apple-relay-ipv4': `203.0.113.16/28\n${places.relay}/31\n`,
  'x4bnet-vpn-ipv4': `203.0.113.32/27\n${places.vpn.replace(/\d+$/, '0/24')}\n${places.relay}/32\n`,
  'iplocate-open-proxies': `http://203.0.113.64:3128\nsocks5://${places.proxy}:1080 ${new Date(now - 3_600_000).toISOString()}\n`,
  'ipsum-level-3': `# made up\n203.0.113.65\t3\n${places.attacker}\t5\n`,
  'blocklist-de-mail': '203.0.113.66\n203.0.113.67\n',
});

/** The operator's file with which a server fetches these lists from `upstream`, and no others. */
export const listsFile = (upstream: string, names: readonly string[]) => ({
  lists: names.map((name) => ({ name, url: `${upstream}/${name}`, minimumRows: 1 })),
  without: builtInLists.map(({ name }) => name).filter((name) => !names.includes(name)),
});

/** Lists on this machine: the settings with which a server uses them. */
export type OwnLists = { env: Record<string, string>; stop(): Promise<void> };

/** Serves the lists on a free loopback port. */
export const startOwnLists = async (): Promise<OwnLists> => {
  const texts = listTexts(Date.now());
  const upstream = await startUpstream();
  upstream.answer((request, response) => {
    const text = texts[request.url?.slice(1) ?? ''];
    if (text === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/plain' }).end(text);
  });
  const folder = await mkdtemp(join(tmpdir(), 'whorl-signals-lists-'));
  const file = join(folder, 'lists.json');
  await writeFile(file, JSON.stringify(listsFile(upstream.url, Object.keys(texts))));
  return {
    env: { WHORL_NETWORK_LISTS: 'on', WHORL_NETWORK_LISTS_FILE: file },
    stop: async () => {
      await upstream.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const LOAD_TIMEOUT_MS = 30_000;

type Health = { networkLists?: { configured: number; loaded: number; problems: Record<string, string> } };

/** Waits until a server has fetched all of its lists: before that, what only they know is unknown. Rejects with what is wrong with them. */
export const untilListsLoaded = async (server: string, timeout = LOAD_TIMEOUT_MS): Promise<void> => {
  const deadline = Date.now() + timeout;
  for (;;) {
    const { networkLists: lists } = (await (await fetch(`${server}/readyz`)).json()) as Health;
    if (lists !== undefined && lists.configured > 0 && lists.loaded === lists.configured) return;
    if (Date.now() > deadline)
      throw new Error(`the server did not load the lists: ${JSON.stringify(lists ?? 'it uses none')}`);
    await sleep(100);
  }
};
