import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Event } from '@whorl/contract';
import { type RunningWhorl, startWhorl, WHORL_CLI } from '@whorl/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtInLists } from '../packages/server/src/lists/built-in-lists.ts';
import { startUpstream, type Upstream } from '../packages/server/src/lists/testing/start-upstream.ts';
import { eventually } from './eventually.ts';
import { demoKey } from './identity-of.ts';
import { officialClient } from './official-client.ts';
import { officialClientV4 } from './official-client-v4.ts';
import { visitByAddress } from './visit-by-address.ts';

const HOUR = 3_600_000;

let dir: string;
let upstream: Upstream;
const running: RunningWhorl[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'whorl-lists-'));
  upstream = await startUpstream();
});
afterEach(async () => {
  for (const whorl of running.splice(0)) await whorl.stop();
});
afterAll(async () => {
  await upstream?.close();
  await rm(dir, { recursive: true, force: true });
});

type OwnList = { name: string; kind: string; format?: string; url?: string };

const without = builtInLists.map(({ name }) => name);

/** A settings file with these lists on the upstream of this machine, and none elsewhere. */
const listsFile = async (name: string, lists: readonly OwnList[]): Promise<string> => {
  const path = join(dir, `${name}.json`);
  const own = lists.map((list) => ({ format: 'networks', url: `${upstream.url}/${list.name}`, ...list }));
  await writeFile(path, JSON.stringify({ lists: own, without }));
  return path;
};

const startWith = async (
  env: Record<string, string>,
  options: Omit<Parameters<typeof startWhorl>[0] & object, 'env'> = {},
): Promise<RunningWhorl> => {
  const whorl = await startWhorl({
    ...options,
    env: { WHORL_NETWORK_LISTS: 'on', WHORL_TRUSTED_PROXIES: 'loopback', ...env },
  });
  running.push(whorl);
  return whorl;
};

type Health = { configured: number; loaded: number; problems: Record<string, string> };

const healthOf = async (whorl: RunningWhorl): Promise<Health> => {
  const answer = (await (await fetch(`${whorl.url}/readyz`)).json()) as { networkLists: Health };
  return answer.networkLists;
};

const metricsOf = async (whorl: RunningWhorl): Promise<string> => (await fetch(`${whorl.url}/metrics`)).text();

const v3Of = async (whorl: RunningWhorl, ip: string) =>
  (await officialClient(whorl).getEvent((await visitByAddress(whorl, ip)).requestId)).products;

/** The server's own record of a visit, as the demo page is given it. */
const recordOf = async (whorl: RunningWhorl, ip: string): Promise<Event> => {
  const { requestId, proof } = await visitByAddress(whorl, ip, await demoKey(whorl));
  const answer = await fetch(`${whorl.url}/demo/events/${requestId}?proof=${encodeURIComponent(proof)}`);
  return ((await answer.json()) as { event: Event }).event;
};

const bodies: Record<string, string> = {
  exits: '8.8.8.1\n',
  relays: '8.8.8.2\n',
  tunnels: '8.8.8.2\n8.8.8.3\n',
  open: `http://8.8.8.4:8080 ${new Date(Date.now() - HOUR).toISOString()}\n`,
  attackers: '8.8.8.5\n',
  spammers: '8.8.8.6\n',
};

const kinds: readonly OwnList[] = [
  { name: 'exits', kind: 'tor' },
  { name: 'relays', kind: 'relay' },
  { name: 'tunnels', kind: 'publicVpn' },
  { name: 'open', kind: 'proxy', format: 'proxies' },
  { name: 'attackers', kind: 'attackSource' },
  { name: 'spammers', kind: 'emailSpam' },
];

describe('a server with network lists', () => {
  let whorl: RunningWhorl;
  const started = async (): Promise<RunningWhorl> => {
    upstream.answer((request, response) => response.end(bodies[request.url?.slice(1) ?? ''] ?? ''));
    whorl = await startWith({ WHORL_NETWORK_LISTS_FILE: await listsFile('kinds', kinds) });
    const health = await eventually(
      () => healthOf(whorl),
      ({ loaded }) => loaded === kinds.length,
    );
    expect(health).toEqual({ configured: kinds.length, loaded: kinds.length, problems: {} });
    return whorl;
  };

  it('says through both APIs what a visitor’s address is listed for, and on which list of which age in its own record', async () => {
    await started();
    const before = Date.now();
    expect((await v3Of(whorl, '8.8.8.1')).tor?.data?.result).toBe(true);
    const relayed = (await v3Of(whorl, '8.8.8.2')).vpn?.data;
    expect(relayed).toMatchObject({ result: true, confidence: 'high', methods: { relay: true, publicVPN: false } });
    expect((await v3Of(whorl, '8.8.8.3')).vpn?.data).toMatchObject({
      result: true,
      confidence: 'high',
      methods: { relay: false, publicVPN: true },
    });
    expect((await v3Of(whorl, '8.8.8.4')).proxy?.data).toMatchObject({ result: true, confidence: 'high' });
    expect((await v3Of(whorl, '8.8.8.5')).ipBlocklist?.data).toEqual({
      result: true,
      details: { attackSource: true, emailSpam: false },
    });
    expect((await v3Of(whorl, '8.8.8.6')).ipBlocklist?.data).toEqual({
      result: true,
      details: { attackSource: false, emailSpam: true },
    });
    const plain = await v3Of(whorl, '8.8.8.7');
    for (const product of ['tor', 'proxy', 'ipBlocklist'] as const) {
      expect(plain[product]?.data?.result, product).toBe(false);
    }

    const v4 = officialClientV4(whorl);
    const eventOf = async (ip: string) => v4.getEvent((await visitByAddress(whorl, ip)).requestId);
    expect(await eventOf('8.8.8.1')).toMatchObject({ ip_blocklist: { tor_node: true }, proxy: false });
    expect(await eventOf('8.8.8.3')).toMatchObject({ vpn: true, vpn_methods: { public_vpn: true } });
    expect(await eventOf('8.8.8.4')).toMatchObject({ proxy: true, proxy_details: { proxy_type: 'data_center' } });
    expect(await eventOf('8.8.8.5')).toMatchObject({ ip_blocklist: { attack_source: true, email_spam: false } });

    const { tor } = (await recordOf(whorl, '8.8.8.1')).signals;
    expect(tor.state).toBe('detected');
    const from = tor.evidence[0]?.from ?? '';
    expect(from).toMatch(/^exits, \d{4}-/);
    expect(Math.abs(Date.parse(from.replace('exits, ', '')) - before)).toBeLessThan(60_000);
    expect((await recordOf(whorl, '8.8.8.7')).signals.tor.state).toBe('clear');

    const metrics = await metricsOf(whorl);
    expect(metrics).toContain('whorl_list_fetches_total{list="exits",outcome="updated"} 1');
    expect(metrics).toContain('whorl_list_rows{list="tunnels"} 2');
    expect(metrics).toMatch(/whorl_list_age_seconds\{list="exits"\} \d/);
  });
});

describe('a server whose upstreams turn bad', () => {
  const good = Array.from({ length: 40 }, (_, index) => `8.8.8.${index}`).join('\n');
  const chunk = '8.8.8.8\n'.repeat(131_072);

  const bad: Record<string, { outcome: string; problem: RegExp; answer(response: ServerResponse): void }> = {
    empty: { outcome: 'refused', problem: /^it is empty$/, answer: (response) => response.end() },
    page: {
      outcome: 'refused',
      problem: /web page/,
      answer: (response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Sorry</title>'),
    },
    shortened: { outcome: 'refused', problem: /cut off/, answer: (response) => response.end(good.slice(0, 55)) },
    broken: {
      outcome: 'failed',
      problem: /closed before the end/,
      answer: (response) => {
        response.writeHead(200, { 'content-length': '100000' }).write(good, () => response.destroy());
      },
    },
    circle: {
      outcome: 'failed',
      problem: /^it redirects in a loop$/,
      answer: (response) => response.writeHead(302, { location: '/circle' }).end(),
    },
    huge: {
      outcome: 'failed',
      problem: /^it has over 8388608 bytes$/,
      answer: (response) => {
        response.on('error', () => {});
        for (let part = 0; part < 40; part += 1) response.write(chunk);
        response.end();
      },
    },
    status: { outcome: 'failed', problem: /status 503/, answer: (response) => response.writeHead(503).end() },
  };
  const names = Object.keys(bad);

  /** Makes the lists on disk look as if they had been fetched hours ago, so that the next start looks at their upstreams. */
  const age = async (dataDir: string, hours: number): Promise<void> => {
    const lists = join(dataDir, 'lists');
    for (const file of (await readdir(lists)).filter((name) => name.endsWith('.json'))) {
      const state = JSON.parse(await readFile(join(lists, file), 'utf8')) as {
        body: { changedAt: number; confirmedAt: number };
      };
      state.body.changedAt -= hours * HOUR;
      state.body.confirmedAt -= hours * HOUR;
      await writeFile(join(lists, file), JSON.stringify(state));
    }
  };

  it('keeps the last good lists, and tells of each in log, metrics and /readyz', async () => {
    upstream.answer((_, response) => response.end(good));
    const file = await listsFile(
      'bad',
      names.map((name) => ({ name, kind: 'tor' })),
    );
    const whorl = await startWith({ WHORL_NETWORK_LISTS_FILE: file });
    await eventually(
      () => healthOf(whorl),
      ({ loaded }) => loaded === names.length,
    );
    expect(await whorl.terminate()).toBe(0);
    // A day is the usual time between two looks, and the limit for lists of Tor; a little less still counts.
    await age(whorl.dataDir, 23.9);
    const aged = JSON.parse(await readFile(file, 'utf8')) as { lists: object[] };
    await writeFile(file, JSON.stringify({ ...aged, lists: aged.lists.map((list) => ({ ...list, everyHours: 1 })) }));
    upstream.answer((request, response) => bad[request.url?.slice(1) ?? '']?.answer(response));
    await whorl.restart();
    const health = await eventually(
      () => healthOf(whorl),
      ({ problems }) => Object.keys(problems).length === names.length,
      30_000,
    );
    expect(health).toMatchObject({ configured: names.length, loaded: names.length });
    expect((await v3Of(whorl, '8.8.8.1')).tor?.data?.result).toBe(true);
    expect((await recordOf(whorl, '8.8.8.1')).signals.tor.state).toBe('detected');
    const metrics = await metricsOf(whorl);
    for (const [name, { outcome, problem }] of Object.entries(bad)) {
      expect(health.problems[name], name).toMatch(problem);
      expect(metrics, name).toContain(`whorl_list_fetches_total{list="${name}",outcome="${outcome}"} 1`);
      expect(metrics, name).toContain(`whorl_list_rows{list="${name}"} 40`);
      const lines = whorl.output().split('\n');
      const told = lines.filter((line) => line.includes(`"list":"${name}"`));
      expect(told, name).toHaveLength(1);
      expect(JSON.parse(told[0] ?? '')).toMatchObject({
        level: 'warn',
        list: name,
        url: `${upstream.url}/${name}`,
        problem: expect.stringMatching(problem),
        msg: expect.stringMatching(/the last good one is kept$/),
      });
    }
  });
});

describe('a server without network', () => {
  it('starts, answers, and says unknown where only lists would know', async () => {
    const gone = await startUpstream();
    await gone.close();
    // Nobody listens there: every list that comes with the server is looked for in vain.
    const lists = builtInLists.map(({ name }) => ({ name, url: `${gone.url}/list` }));
    const file = join(dir, 'nowhere.json');
    await writeFile(file, JSON.stringify({ lists }));
    const whorl = await startWith({ WHORL_NETWORK_LISTS_FILE: file });
    const health = await eventually(
      () => healthOf(whorl),
      ({ problems }) => Object.keys(problems).length === builtInLists.length,
      20_000,
    );
    expect(health).toMatchObject({ configured: builtInLists.length, loaded: 0 });
    expect(new Set(Object.values(health.problems))).toEqual(new Set(['the connection was refused']));

    const { signals } = await recordOf(whorl, '8.8.8.8');
    for (const name of ['tor', 'vpn', 'proxy', 'ipBlocklist'] as const) {
      expect(signals[name].state, name).toBe('unknown');
      expect(JSON.stringify(signals[name].evidence), name).toContain('no list loaded');
    }
    // What comes with the server is known all the same.
    expect(signals.ipInfo.data.v4).toMatchObject({ asn: { asn: '15169' }, datacenter: { result: true } });
    const products = await v3Of(whorl, '8.8.8.8');
    for (const name of ['tor', 'vpn', 'proxy', 'ipBlocklist'] as const) {
      expect(products[name]?.data?.result, name).toBe(false);
    }
    const metrics = await metricsOf(whorl);
    expect(metrics).toContain('whorl_list_fetches_total{list="tor-exits",outcome="failed"} 1');
    expect(metrics).toContain('whorl_list_rows{list="tor-exits"} 0');
    expect(metrics).not.toContain('whorl_list_age_seconds{');
    // One line for all of them: those that matter would drown.
    const lines = whorl.output().split('\n');
    const told = lines.filter((line) => line.includes('could not be fetched'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(
      `${builtInLists.length} network lists could not be fetched; there are none to go on with`,
    );
  });
});

describe('WHORL_NETWORK_LISTS', () => {
  /** Starts the server so that it tells of every connection that it makes. */
  const watched = async (): Promise<readonly [string, ...string[]]> => {
    const file = join(dir, 'watch.mjs');
    await writeFile(
      file,
      `import net from 'node:net';
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...parts) {
  process.stderr.write('OUTBOUND\\n');
  return connect.apply(this, parts);
};`,
    );
    return [process.execPath, '--import', pathToFileURL(file).href, WHORL_CLI, 'start'];
  };

  const connections = ({ output }: RunningWhorl): number => output().match(/^OUTBOUND$/gm)?.length ?? 0;

  it('on, the server connects to the lists’ makers', async () => {
    upstream.answer((_, response) => response.end('8.8.8.1\n'));
    const file = await listsFile('on', [{ name: 'exits', kind: 'tor' }]);
    const whorl = await startWith({ WHORL_NETWORK_LISTS_FILE: file }, { start: await watched() });
    const count = await eventually(
      async () => connections(whorl),
      (made) => made > 0,
    );
    expect(count).toBe(1);
  });

  it('off, it makes no connection at all, and has no word of lists', async () => {
    const asked = upstream.requests.length;
    const whorl = await startWith({ WHORL_NETWORK_LISTS: 'off' }, { start: await watched() });
    const { signals } = await recordOf(whorl, '8.8.8.1');
    expect(signals.tor.state).toBe('unknown');
    // The first look of a server with lists comes at once; two seconds are many times as long as that takes.
    await new Promise((done) => setTimeout(done, 2_000));
    expect(connections(whorl)).toBe(0);
    expect(upstream.requests.length).toBe(asked);
    expect(await healthOf(whorl)).toBeUndefined();
    expect(await metricsOf(whorl)).not.toMatch(/^whorl_list_(?:rows|age)/m);
    expect(await readdir(whorl.dataDir)).not.toContain('lists');
  });
});
